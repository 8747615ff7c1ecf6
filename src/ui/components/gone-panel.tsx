import { useTranslation } from 'react-i18next'

import { Button } from './button'
import { Notice } from './notice'
import { SidePanel } from './side-panel'

interface Props {
  title: string
  sentence: string
  onClose: () => void
}

/** Stands for what is not in the list, or not any more. */
export function GonePanel({ title, sentence, onClose }: Props) {
  const { t } = useTranslation('common')
  return (
    <SidePanel
      open
      onClose={onClose}
      title={title}
      footer={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <Notice tone="attention">{sentence}</Notice>
    </SidePanel>
  )
}
