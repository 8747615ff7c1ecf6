import { useTranslation } from 'react-i18next'

import { Notice } from '../../components/notice'
import { siteLabel } from '../../view/matching'

/** How many sites are named one by one before the rest is only counted. */
const NAMED = 6

/** Says which sites the browser would not let go, and what to do about it. */
export function KeptNotice({ origins }: { origins: readonly string[] }) {
  const { t, i18n } = useTranslation('sites')
  const named = origins.slice(0, NAMED).map(siteLabel)
  const rest = origins.length - named.length
  const sites = new Intl.ListFormat(i18n.language).format(
    rest > 0 ? [...named, t('kept.more', { total: rest })] : named,
  )
  return (
    <Notice tone="bad" title={t('kept.title')}>
      {t('kept.sentence', { sites })}
    </Notice>
  )
}
