import { useTranslation } from 'react-i18next'

import type { GatewayView } from '@/src/domain/export-record'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { EXPORTS_KEY } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'

interface Props {
  gateway: GatewayView
  onClose: () => void
}

/** Asks before a gateway and its management key are forgotten. */
export function RemoveGateway({ gateway: { id, name }, onClose }: Props) {
  const { t } = useTranslation('exports')
  const remove = useChange(() => fetchFromWorker('gateways.remove', { id }), EXPORTS_KEY)

  async function confirm(): Promise<void> {
    const done = await remove.run(null)
    if (done.ok) onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('gateways.remove-title', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('gateways.keep')}</Button>
          <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
            {t('gateways.remove')}
          </Button>
        </>
      }
    >
      <p>{t('gateways.remove-meaning')}</p>
      {remove.failure && <FailureNotice failure={remove.failure} />}
    </Dialog>
  )
}
