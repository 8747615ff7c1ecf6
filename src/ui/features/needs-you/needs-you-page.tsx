import { useTranslation } from 'react-i18next'

export function NeedsYouPage() {
  const { t } = useTranslation('needs-you')
  return <h1>{t('title')}</h1>
}
