import { useTranslation } from 'react-i18next'

import type { Recognition } from '@/src/domain/recognition'

import { Amount } from '../../components/amount'
import { useSettings } from '../../queries/settings'
import { useSiteDescription } from '../../queries/sites'

/** What was found, to be compared with what the person expects. */
export function RecognisedFacts({ recognition }: { recognition: Recognition }) {
  const { t, i18n } = useTranslation('account-form')
  const { settings } = useSettings()
  const software = useSiteDescription(recognition.siteType)?.label ?? recognition.siteType
  const list = new Intl.ListFormat(i18n.language).format(
    recognition.evidence.map(({ sign, detail = '' }) => t(`sign.${sign}`, { detail })),
  )
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
      <dt className="text-text-2">{t('fact.site')}</dt>
      <dd className="break-all">{recognition.origin}</dd>
      <dt className="text-text-2">{t('fact.software')}</dt>
      <dd>
        {software}
        {list !== '' && <p className="text-12 text-text-2">{t('fact.signs', { list })}</p>}
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
