import { useTranslation } from 'react-i18next'

import type { DetectedSite } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { useSiteDescription } from '../../queries/sites'
import type { WaitingFor } from './add-step'
import { KnownSoftware } from './known-software'

interface NoticeProps {
  why: WaitingFor
  opened: boolean
  host: string
}

interface Props extends NoticeProps {
  /** What is known of the site all the same. */
  detected: DetectedSite | null
  onSignIn: () => void
}

/** Says what only the person can do now; the buttons for it are in the panel's footer. */
export function WaitingStep({ detected, onSignIn, ...rest }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <WaitingNotice {...rest} />
      {detected && <KnownSoftware detected={detected} />}
      {detected && rest.why !== 'captcha' && (
        <SignInInstead siteType={detected.siteType} onSignIn={onSignIn} />
      )}
    </div>
  )
}

/** Some families need no page of the site. */
function SignInInstead({ siteType, onSignIn }: { siteType: SiteType; onSignIn: () => void }) {
  const { t } = useTranslation('account-form')
  const site = useSiteDescription(siteType)
  if (!site?.authModes.includes('session')) return null
  return (
    <div className="flex flex-col items-start gap-2 border-t border-line pt-4">
      <p className="text-text-2">{t('sign-in.why')}</p>
      <Button onClick={onSignIn}>{t('action.sign-in-here')}</Button>
    </div>
  )
}

/** What only the person can do at a site. */
export function WaitingNotice({ why, opened, host }: NoticeProps) {
  const { t } = useTranslation('account-form')
  return (
    <Notice tone="attention" title={t(`waiting.${why}.title`, { host })}>
      <p>{t(`waiting.${why}.why`)}</p>
      <p role="status">{t(opened ? 'waiting.opened' : `waiting.${why}.next`)}</p>
    </Notice>
  )
}
