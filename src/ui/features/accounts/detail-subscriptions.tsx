import { useTranslation } from 'react-i18next'

import type { Health } from '@/src/domain/health'
import { complete } from '@/src/domain/metric'
import type { Rates } from '@/src/domain/money'
import type { Subscription } from '@/src/domain/snapshot'
import type { AccountDetails } from '@/src/messaging/protocol'

import { Amount } from '../../components/amount'
import { HealthMark } from '../../components/health-mark'
import { Meter } from '../../components/meter'
import { useSettings } from '../../queries/settings'
import { formatAmountOf, formatExact } from '../../text/format'

const HEALTH_OF: Record<Subscription['status'], Health> = {
  active: 'good',
  expired: 'attention',
  suspended: 'bad',
  unknown: 'unknown',
}

/** What a family with plans tells of the account's: each with its use windows. */
export function DetailSubscriptions({ details: { row, snapshot } }: { details: AccountDetails }) {
  const { t } = useTranslation('accounts')
  const subscriptions = snapshot.figures?.subscriptions ?? []
  if (subscriptions.length === 0) return null
  // Windows are told in dollars, whatever the account's balance is counted in.
  const rates: Rates = { ...row, unit: 'usd' }
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('plan.title')}</h3>
      <ul className="flex flex-col gap-3">
        {subscriptions.map((subscription) => (
          <li key={subscription.id} className="rounded-card border border-line p-3">
            <Plan subscription={subscription} rates={rates} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Plan({ subscription, rates }: { subscription: Subscription; rates: Rates }) {
  const { t, i18n } = useTranslation('accounts')
  const { name, status, expiresAtMs, windows } = subscription
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center justify-between gap-3">
        <span className="min-w-0 font-medium wrap-anywhere">{name || t('plan.unnamed')}</span>
        <HealthMark health={HEALTH_OF[status]} label={t(`plan.status.${status}`)} showWord />
      </p>
      <p className="text-12 text-text-2">
        {expiresAtMs === undefined
          ? t('plan.no-end')
          : t('plan.ends', { time: formatExact(expiresAtMs, i18n.language) })}
      </p>
      {windows.map((window) => (
        <Window key={window.span} window={window} rates={rates} />
      ))}
      {windows.length === 0 && <p className="text-12 text-text-2">{t('plan.no-windows')}</p>}
    </div>
  )
}

interface WindowProps {
  window: Subscription['windows'][number]
  rates: Rates
}

/** What of a window is used up; the bar only repeats what the words say. */
function Window({ window: { span, used, limit, resetsAtMs }, rates }: WindowProps) {
  const { t, i18n } = useTranslation('accounts')
  const { currency } = useSettings().settings
  const name = t(`plan.span.${span}`)
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-baseline justify-between gap-3 text-12">
        <span className="text-text-2">{name}</span>
        <span className="text-end">
          <Amount metric={used} rates={rates} currency={currency} size="s" />
          {' / '}
          {limit === null ? (
            t('plan.unlimited')
          ) : (
            <Amount metric={complete(limit)} rates={rates} currency={currency} size="s" />
          )}
        </span>
      </p>
      {used.state !== 'unavailable' && limit !== null && limit > 0 && (
        <Meter
          value={used.value}
          max={limit}
          label={name}
          text={formatAmountOf(used.value, rates, currency, i18n.language)}
        />
      )}
      {used.state !== 'unavailable' && limit !== null && used.value >= limit && (
        <HealthMark health="attention" label={t('plan.used-up')} showWord />
      )}
      {resetsAtMs !== undefined && (
        <p className="text-12 text-text-3">
          {t('plan.resets', { time: formatExact(resetsAtMs, i18n.language) })}
        </p>
      )}
    </div>
  )
}
