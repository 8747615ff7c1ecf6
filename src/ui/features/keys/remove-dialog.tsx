import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { hostOf } from '../../view/glance-view'
import type { KeyEntry } from './key-entries'

/** How many keys are named one by one before the rest is only counted. */
const NAMED = 6

interface Props {
  entries: readonly KeyEntry[]
  onClose: () => void
  onConfirm: (entries: readonly KeyEntry[]) => void
}

/** Asks before keys are deleted at their sites, naming them. */
export function RemoveDialog({ entries, onClose, onConfirm }: Props) {
  const { t } = useTranslation('keys')
  const able = entries.filter(({ can }) => can.remove)
  const [first] = able
  const leftOut = entries.length - able.length
  return (
    <Dialog
      open
      onClose={onClose}
      tone="bad"
      title={
        able.length === 1 && first
          ? t('remove.title-one', { name: first.row.name })
          : t('remove.title-many', { total: able.length })
      }
      footer={
        <>
          <Button onClick={onClose}>{t('action.keep')}</Button>
          <Button
            variant="danger"
            onClick={() => {
              onConfirm(able)
              onClose()
            }}
          >
            {t('action.delete')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="flex flex-col gap-1 wrap-anywhere">
          {able.slice(0, NAMED).map(({ id, row, account }) => (
            <li key={id}>
              <span className="font-medium">{row.name}</span>{' '}
              <span className="text-text-2">
                {[account.name, hostOf(account.origin)].join(' · ')}
              </span>
            </li>
          ))}
          {able.length > NAMED && (
            <li className="text-text-2">{t('more', { count: able.length - NAMED })}</li>
          )}
        </ul>
        <p>{t('remove.meaning')}</p>
        {leftOut > 0 && <p>{t('batch.left-out', { count: leftOut })}</p>}
      </div>
    </Dialog>
  )
}
