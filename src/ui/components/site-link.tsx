import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import { type KnownSite, pageOf } from '@/src/domain/site-pages'

import { useSiteDescription } from '../queries/sites'
import { LinkButton } from './link-button'

interface Props {
  row: Pick<GlanceRow, 'origin' | 'siteType'>
  known?: KnownSite | undefined
  tabIndex?: 0 | -1 | undefined
}

/** Leads to the login page of an account's site; nothing where the family has none. */
export function SiteLink({ row, known, tabIndex }: Props) {
  const { t } = useTranslation('common')
  const site = useSiteDescription(row.siteType)
  const href = site ? pageOf(site, row.origin, 'login', known) : null
  if (href === null) return null
  return (
    <LinkButton size="s" external href={href} tabIndex={tabIndex}>
      {t('action.open-site')}
    </LinkButton>
  )
}
