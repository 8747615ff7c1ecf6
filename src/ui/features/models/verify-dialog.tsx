import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'

interface Props {
  /** How many models. */
  count: number
  onClose: () => void
  onConfirm: () => void
}

/** Says what verifying several models costs, before it is spent. */
export function VerifyDialog({ count, onClose, onConfirm }: Props) {
  const { t } = useTranslation('credentials')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('models.verify-title', { count })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            onClick={() => {
              onConfirm()
              onClose()
            }}
          >
            {t('action.verify')}
          </Button>
        </>
      }
    >
      {t('models.cost')}
    </Dialog>
  )
}
