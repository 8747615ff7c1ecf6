import { useTranslation } from 'react-i18next'

import type { DetectedSite } from '@/src/domain/recognition'

import { useSiteDescription } from '../../queries/sites'

/** Which software runs at a site and what gave it away, as a sentence each. */
export function KnownSoftware({ detected }: { detected: DetectedSite }) {
  const { t } = useTranslation('account-form')
  const software = useSiteDescription(detected.siteType)?.label ?? detected.siteType
  return (
    <div>
      <p className="font-medium">{t('known.software', { software })}</p>
      <SignsSeen evidence={detected.evidence} />
    </div>
  )
}

/** What the software of a site was recognised by. */
export function SignsSeen({ evidence }: Pick<DetectedSite, 'evidence'>) {
  const { t, i18n } = useTranslation('account-form')
  if (evidence.length === 0) return null
  const list = new Intl.ListFormat(i18n.language).format(
    evidence.map(({ sign, detail = '' }) => t(`sign.${sign}`, { detail })),
  )
  const isChosen = evidence.every(({ sign }) => sign === 'chosen')
  return (
    <p className="text-12 wrap-anywhere text-text-2">
      {isChosen ? t('known.chosen') : t('fact.signs', { list })}
    </p>
  )
}
