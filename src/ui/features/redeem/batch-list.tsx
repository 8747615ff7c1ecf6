import { useTranslation } from 'react-i18next'

import type { RedeemBatchView } from '@/src/domain/redemption'

import { useEntries } from '../../queries/entries'
import { Batch } from './batch'

/** Batches under way and over; the newest one shows its codes at once. */
export function BatchList({ batches }: { batches: readonly RedeemBatchView[] }) {
  const { t } = useTranslation('redeem')
  const entries = useEntries()
  return (
    <section aria-labelledby="batches" className="flex flex-col gap-3">
      <h2 id="batches" className="text-15 font-semibold">
        {t('batch.title')}
      </h2>
      {batches.map((batch, at) => (
        <Batch key={batch.id} batch={batch} entries={entries} isNewest={at === 0} />
      ))}
    </section>
  )
}
