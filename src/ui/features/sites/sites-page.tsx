import { useTranslation } from 'react-i18next'

export function SitesPage() {
  const { t } = useTranslation('sites')
  return <h1>{t('title')}</h1>
}
