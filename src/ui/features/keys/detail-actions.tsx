import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { removeKeys, switchKeys } from './batch-work'
import { openKey } from './key-actions'
import type { KeyEntry } from './key-entries'
import { RemoveDialog } from './remove-dialog'
import type { Batch } from './use-batch'

/** What changes the key itself; what its site cannot do is left out. */
export function DetailActions({ entry, batch }: { entry: KeyEntry; batch: Batch }) {
  const { t } = useTranslation('keys')
  const [removing, setRemoving] = useState(false)
  const { can, row } = entry
  const isBusy = batch.progress?.state === 'running'
  const switches = row.status === 'enabled' ? can.disable : can.enable
  return (
    <>
      {can.remove && (
        <Button
          variant="ghost"
          onClick={() => {
            setRemoving(true)
          }}
        >
          {t('action.delete')}
        </Button>
      )}
      {switches && (
        <Button
          busy={isBusy}
          onClick={() => void batch.start(switchKeys([entry], row.status !== 'enabled'))}
        >
          {t(row.status === 'enabled' ? 'action.disable' : 'action.enable')}
        </Button>
      )}
      {can.duplicate && (
        <Button
          onClick={() => {
            openKey('duplicate', entry)
          }}
        >
          {t('action.duplicate')}
        </Button>
      )}
      {can.edit && (
        <Button
          variant="primary"
          onClick={() => {
            openKey('edit', entry)
          }}
        >
          {t('action.edit')}
        </Button>
      )}
      {removing && (
        <RemoveDialog
          entries={[entry]}
          onClose={() => {
            setRemoving(false)
          }}
          onConfirm={(entries) => void batch.start(removeKeys(entries))}
        />
      )}
    </>
  )
}
