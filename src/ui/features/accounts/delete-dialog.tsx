import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { useAccountChange } from '../../queries/account-mutations'

/** How many accounts are named one by one before the rest is only counted. */
const NAMED = 6

interface Props {
  rows: readonly GlanceRow[]
  onClose: () => void
  onDeleted?: () => void
}

/** Asks before accounts are forgotten, naming them. */
export function DeleteDialog({ rows, onClose, onDeleted }: Props) {
  const { t } = useTranslation('accounts')
  const remove = useAccountChange('accounts.remove')
  const [first] = rows

  async function confirm(): Promise<void> {
    const done = await remove.run({ ids: rows.map(({ id }) => id) })
    if (!done.ok) return
    onClose()
    onDeleted?.()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={
        rows.length === 1 && first
          ? t('delete.title-one', { name: first.name })
          : t('delete.title-many', { total: rows.length })
      }
      footer={
        <>
          <Button onClick={onClose}>{t('action.keep')}</Button>
          <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
            {t('action.delete')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="flex flex-col gap-1 wrap-anywhere">
          {rows.slice(0, NAMED).map((row) => (
            <li key={row.id}>
              <span className="font-medium">{row.name}</span>{' '}
              <span className="text-text-2">{[row.username, hostOf(row)].join(' · ')}</span>
            </li>
          ))}
          {rows.length > NAMED && (
            <li className="text-text-2">{t('delete.more', { total: rows.length - NAMED })}</li>
          )}
        </ul>
        <p>{t('delete.meaning')}</p>
        {remove.failure && <FailureNotice failure={remove.failure} />}
      </div>
    </Dialog>
  )
}

function hostOf(row: GlanceRow): string {
  return new URL(row.origin).host
}
