import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { CredentialState } from '@/src/domain/credential'
import { type Metric, unavailable } from '@/src/domain/metric'

import { Amount } from '../../components/amount'
import { useNow } from '../../components/use-now'
import { formatDay, formatExact } from '../../text/format'
import { Count } from './count'
import { IN_DOLLARS, type TodayFigure, todayOf } from './credential-entries'

const DAY_MS = 86_400_000
/** From here on an expiry is worth a look. */
const SOON_MS = 7 * DAY_MS

interface Props {
  state: CredentialState | undefined
  /** The balance has a place of its own. */
  withoutBalance?: boolean
}

/** All figures a query brings; what it does not bring says why. */
export function QueryFigures({ state, withoutBalance = false }: Props) {
  const { t } = useTranslation('credentials')
  const now = useNow()
  const never = unavailable('never-fetched')
  const today = (figure: TodayFigure) => todayOf({ state }, figure, now)
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {!withoutBalance && (
        <Figure name={t('value.balanceUsd')}>
          {state?.unlimited ? t('unlimited') : <Dollars metric={state?.balanceUsd ?? never} />}
        </Figure>
      )}
      <Figure name={t('value.todayCostUsd')}>
        <Dollars metric={today('todayCostUsd')} />
      </Figure>
      <Figure name={t('value.todayRequests')}>
        <Count metric={today('todayRequests')} />
      </Figure>
      <Figure name={t('value.todayTotalTokens')}>
        <Count metric={today('todayTokens')} />
      </Figure>
      <Figure name={t('value.totalUsedUsd')}>
        <Dollars metric={state?.totalUsedUsd ?? never} />
      </Figure>
      <Figure name={t('value.totalGrantedUsd')}>
        {state?.unlimited ? t('unlimited') : <Dollars metric={state?.totalGrantedUsd ?? never} />}
      </Figure>
      <Figure name={t('value.expiresAt')}>
        <Expiry atMs={state?.expiresAtMs} />
      </Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-text-2">{name}</dt>
      <dd className="text-15 font-medium tabular-nums">{children}</dd>
    </div>
  )
}

function Dollars({ metric }: { metric: Metric }) {
  return <Amount metric={metric} rates={IN_DOLLARS} currency="USD" size="l" />
}

/** When a key ends; what has ended or soon will stands out. */
function Expiry({ atMs }: { atMs: number | undefined }) {
  const { t, i18n } = useTranslation('credentials')
  const now = useNow()
  if (atMs === undefined) return <span className="text-text-3">{t('not-told')}</span>
  const tone = atMs <= now ? 'text-bad' : atMs - now < SOON_MS ? 'text-attention' : ''
  return (
    <time
      className={tone}
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs, i18n.language)}
    >
      {formatDay(atMs, now, i18n.language)}
      {atMs <= now && <span className="ms-1 text-12 font-normal">{t('expired')}</span>}
    </time>
  )
}
