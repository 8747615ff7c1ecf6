import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'

interface Props {
  onKeep: () => void
  onDiscard: () => void
}

/** Asks before typed text is lost. */
export function DiscardDialog({ onKeep, onDiscard }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <Dialog
      open
      onClose={onKeep}
      title={t('discard.title')}
      footer={
        <>
          <Button onClick={onKeep}>{t('action.keep-editing')}</Button>
          <Button variant="danger" onClick={onDiscard}>
            {t('action.discard')}
          </Button>
        </>
      }
    >
      {t('discard.sentence')}
    </Dialog>
  )
}
