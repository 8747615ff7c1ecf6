import { useTranslation } from 'react-i18next'

import type { ChannelKind } from '@/src/domain/notice'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { useNoticeChange } from '../../queries/automation'

interface Props {
  kind: ChannelKind
  onClose: () => void
}

/** Asks before a channel and what was typed for it are forgotten. */
export function RemoveChannel({ kind, onClose }: Props) {
  const { t } = useTranslation('automation')
  const place = t(`place.${kind}`)
  const remove = useNoticeChange('notices.remove')

  async function confirm(): Promise<void> {
    const done = await remove.run({ kind })
    if (done.ok) onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('channel.remove-title', { place })}
      footer={
        <>
          <Button onClick={onClose}>{t('channel.keep')}</Button>
          <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
            {t('channel.remove')}
          </Button>
        </>
      }
    >
      <p>{t('channel.remove-meaning', { place })}</p>
      {remove.failure && <FailureNotice failure={remove.failure} />}
    </Dialog>
  )
}
