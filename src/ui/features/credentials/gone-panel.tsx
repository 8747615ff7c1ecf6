import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'

/** Stands for a credential that is not there any more. */
export function GonePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('credentials')
  return (
    <SidePanel
      open
      onClose={onClose}
      title={t('gone.title')}
      footer={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <Notice tone="attention">{t('gone.sentence')}</Notice>
    </SidePanel>
  )
}
