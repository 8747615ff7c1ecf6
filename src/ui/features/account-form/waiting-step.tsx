import { useTranslation } from 'react-i18next'

import type { DetectedSite } from '@/src/domain/recognition'

import { Notice } from '../../components/notice'
import type { WaitingFor } from './add-step'
import { KnownSoftware } from './known-software'

interface Props {
  why: WaitingFor
  opened: boolean
  host: string
  /** What is known of the site all the same. */
  detected: DetectedSite | null
}

/** Says what only the person can do now; the buttons for it are in the panel's footer. */
export function WaitingStep({ detected, ...rest }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <WaitingNotice {...rest} />
      {detected && <KnownSoftware detected={detected} />}
    </div>
  )
}

/** What only the person can do at a site. */
export function WaitingNotice({ why, opened, host }: Omit<Props, 'detected'>) {
  const { t } = useTranslation('account-form')
  return (
    <Notice tone="attention" title={t(`waiting.${why}.title`, { host })}>
      <p>{t(`waiting.${why}.why`)}</p>
      <p role="status">{t(opened ? 'waiting.opened' : `waiting.${why}.next`)}</p>
    </Notice>
  )
}
