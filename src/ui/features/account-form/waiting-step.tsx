import { useTranslation } from 'react-i18next'

import { Notice } from '../../components/notice'

interface Props {
  why: 'needs-tab' | 'login'
  opened: boolean
  host: string
}

/** Says what only the person can do now; the buttons for it are in the panel's footer. */
export function WaitingStep({ why, opened, host }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <Notice tone="attention" title={t(`waiting.${why}.title`, { host })}>
      <p>{t(`waiting.${why}.why`)}</p>
      <p role="status">{t(opened ? 'waiting.opened' : `waiting.${why}.next`)}</p>
    </Notice>
  )
}
