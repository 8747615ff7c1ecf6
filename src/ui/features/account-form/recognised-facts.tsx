import { useTranslation } from 'react-i18next'

import type { Recognition } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'

import { Amount } from '../../components/amount'
import { useSettings } from '../../queries/settings'
import { useSiteDescription } from '../../queries/sites'
import { SignsSeen } from './known-software'
import { TypeOverride } from './type-override'

interface Props {
  recognition: Recognition
  /** Looks at the site again as one of another type. */
  onOverride: (type: SiteType) => void
}

/** What was found, to be compared with what the person expects. */
export function RecognisedFacts({ recognition, onOverride }: Props) {
  const { t } = useTranslation('account-form')
  const { settings } = useSettings()
  const software = useSiteDescription(recognition.siteType)?.label ?? recognition.siteType
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
      <dt className="text-text-2">{t('fact.site')}</dt>
      <dd className="break-all">{recognition.origin}</dd>
      <dt className="text-text-2">{t('fact.software')}</dt>
      <dd>
        {software}
        <SignsSeen evidence={recognition.evidence} />
        <TypeOverride recognisedAs={recognition.siteType} onChoose={onOverride} />
      </dd>
      <dt className="text-text-2">{t('fact.user')}</dt>
      <dd className="break-all">
        {t('fact.user-with-id', { name: recognition.username, id: recognition.userId })}
      </dd>
      <dt className="text-text-2">{t('fact.balance')}</dt>
      <dd>
        <Amount metric={recognition.balance} rates={recognition} currency={settings.currency} />
      </dd>
    </dl>
  )
}
