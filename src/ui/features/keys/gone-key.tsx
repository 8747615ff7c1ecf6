import { useTranslation } from 'react-i18next'

import { GonePanel } from '../../components/gone-panel'

/** Stands for a key that is not in the list, or not any more. */
export function GoneKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keys')
  return <GonePanel title={t('gone.title')} sentence={t('gone.sentence')} onClose={onClose} />
}
