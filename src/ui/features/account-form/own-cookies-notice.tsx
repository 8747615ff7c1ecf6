import { useTranslation } from 'react-i18next'

import { Notice } from '../../components/notice'

/** What keeping a login's cookies takes from the browser. */
export function OwnCookiesRights() {
  const { t } = useTranslation('account-form')
  return <Notice tone="info">{t('own-cookies.rights')}</Notice>
}

/** The browser was asked for it, and the person said no. */
export function OwnCookiesRefused() {
  const { t } = useTranslation('account-form')
  return (
    <Notice tone="bad" title={t('own-cookies.refused-title')}>
      {t('own-cookies.refused')}
    </Notice>
  )
}
