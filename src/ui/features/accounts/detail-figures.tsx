import { useTranslation } from 'react-i18next'

import { todayOf } from '@/src/domain/today'
import { unavailable } from '@/src/domain/metric'
import type { AccountDetails } from '@/src/messaging/protocol'

import { Age } from '../../components/age'
import { Amount } from '../../components/amount'
import { HealthMark } from '../../components/health-mark'
import { useNow } from '../../components/use-now'
import { useSettings } from '../../queries/settings'

/** The balance first, then what was used, and how old both are. */
export function DetailFigures({ details: { row, snapshot } }: { details: AccountDetails }) {
  const { t } = useTranslation('accounts')
  const { currency } = useSettings().settings
  const now = useNow()
  const used = snapshot.figures?.usedTotal ?? unavailable('never-fetched')
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="text-12 text-text-2">{t('column.balance')}</h3>
        <p>
          <Amount metric={row.balance} rates={row} currency={currency} size="xl" />
        </p>
        <p className="flex items-center gap-3 text-12 text-text-2">
          <HealthMark health={row.health} showWord />
          {row.figuresAtMs !== undefined && <Age atMs={row.figuresAtMs} />}
        </p>
      </div>
      <dl className="grid grid-cols-2 gap-3">
        <div>
          <dt className="text-12 text-text-2">{t('column.today')}</dt>
          <dd>
            <Amount metric={todayOf(row, now)} rates={row} currency={currency} size="l" />
          </dd>
        </div>
        <div>
          <dt className="text-12 text-text-2">{t('details.used-total')}</dt>
          <dd>
            <Amount metric={used} rates={row} currency={currency} size="l" />
          </dd>
        </div>
      </dl>
    </section>
  )
}
