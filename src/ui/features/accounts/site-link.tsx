import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { useSiteDescription } from '../../queries/sites'

/** Leads to the login page of an account's site. */
export function SiteLink({ row }: { row: GlanceRow }) {
  const { t } = useTranslation('accounts')
  const login = useSiteDescription(row.siteType)?.routes.login ?? '/'
  return (
    <a
      href={new URL(login, row.origin).href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex h-7 items-center gap-1.5 rounded-control border border-line-strong bg-raised px-2 text-12 hover:bg-hover"
    >
      <ExternalLink size={14} aria-hidden className="shrink-0" />
      {t('action.open-site')}
    </a>
  )
}
