import { useTranslation } from 'react-i18next'

export function ImportPage() {
  const { t } = useTranslation('import')
  return <h1>{t('title')}</h1>
}
