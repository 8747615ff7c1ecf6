import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { useCredentialChange } from '../../queries/credential-mutations'
import { hostOf } from '../../view/glance-view'
import type { CredentialEntry } from './credential-entries'

interface Props {
  entry: CredentialEntry
  onClose: () => void
  onRemoved?: (() => void) | undefined
}

/** Asks before a credential is forgotten. */
export function RemoveDialog({ entry: { id, view }, onClose, onRemoved }: Props) {
  const { t } = useTranslation('credentials')
  const remove = useCredentialChange('credentials.remove')
  const { name, baseUrl, link } = view.decided

  async function confirm(): Promise<void> {
    const done = await remove.run({ ids: [id] })
    if (!done.ok) return
    onClose()
    onRemoved?.()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      tone="bad"
      title={t('remove.title', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.keep')}</Button>
          <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
            {t('action.delete')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 wrap-anywhere">
        <p className="text-text-2">{[hostOf(baseUrl), view.shown].join(' · ')}</p>
        <p>{t('remove.meaning')}</p>
        {link && <p>{t('remove.linked')}</p>}
        {remove.failure && <FailureNotice failure={remove.failure} />}
      </div>
    </Dialog>
  )
}
