import { Copy, CopyPlus, Eye, EyeOff } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { CopyStatus } from '../../components/copy-status'
import { FailureNotice } from '../../components/failure-notice'
import type { CredentialEntry } from './credential-entries'
import type { CredentialSecrets } from './use-credential-secrets'

interface Props {
  entry: CredentialEntry
  secrets: CredentialSecrets
}

/** The key, shown in full only on demand, and what can be copied. */
export function SecretSection({ entry, secrets }: Props) {
  const { t } = useTranslation('credentials')
  const { id, view } = entry
  const revealed = secrets.shown.get(id)
  const isShown = revealed !== undefined
  useHideOnLeave(id, secrets)
  return (
    <div className="flex flex-col gap-2">
      <p
        className={`rounded-control border border-line bg-panel px-3 py-2 font-mono text-13 break-all ${isShown ? 'select-all' : 'text-text-2'}`}
      >
        {revealed ?? view.shown}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="s"
          icon={isShown ? EyeOff : Eye}
          aria-pressed={isShown}
          onClick={() => {
            if (isShown) secrets.hide(id)
            else secrets.reveal(id)
          }}
        >
          {t(isShown ? 'action.hide' : 'action.reveal')}
        </Button>
        <Button
          size="s"
          icon={Copy}
          onClick={() => {
            secrets.copyKey(id)
          }}
        >
          {t('action.copy-key')}
        </Button>
        <Button
          size="s"
          icon={CopyPlus}
          onClick={() => {
            secrets.copyBoth(entry)
          }}
        >
          {t('action.copy-both')}
        </Button>
        <CopyStatus />
      </div>
      {secrets.failure && <FailureNotice failure={secrets.failure} />}
    </div>
  )
}

/** What was shown in a panel is not left standing in the list. */
function useHideOnLeave(id: string, secrets: CredentialSecrets): void {
  const hide = useEffectEvent(() => {
    secrets.hide(id)
  })
  useEffect(
    () => () => {
      hide()
    },
    [],
  )
}
