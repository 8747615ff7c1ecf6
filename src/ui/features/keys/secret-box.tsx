import { Copy, Eye, EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { CopyStatus } from '../../components/copy-status'
import { FailureNotice } from '../../components/failure-notice'
import { UNKNOWN_MARK } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import type { KeySecrets, SecretTarget } from './use-key-secrets'

interface Props {
  target: SecretTarget
  /** The key, masked; `''` = not even that is known. */
  masked: string
  secrets: KeySecrets
}

/** A key that can be shown in full and copied. */
export function SecretBox({ target, masked, secrets }: Props) {
  const { t } = useTranslation('keys')
  const revealed = secrets.shown.get(target.id)
  const isBusy = secrets.busy.has(target.id)
  const isShown = revealed !== undefined
  return (
    <div className="flex flex-col gap-2">
      <p
        className={`rounded-control border border-line bg-panel px-3 py-2 font-mono text-13 break-all ${isShown ? 'select-all' : 'text-text-2'}`}
      >
        {revealed ?? (masked || UNKNOWN_MARK)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="s"
          icon={isShown ? EyeOff : Eye}
          busy={isBusy}
          aria-pressed={isShown}
          onClick={() => {
            if (isShown) secrets.hide(target.id)
            else secrets.reveal(target)
          }}
        >
          {t(isShown ? 'action.hide' : 'action.reveal')}
        </Button>
        <Button
          size="s"
          icon={Copy}
          onClick={() => {
            secrets.copy(target)
          }}
        >
          {t('action.copy')}
        </Button>
        <CopyStatus />
      </div>
      {secrets.failed?.target.id === target.id && (
        <FailureNotice failure={secrets.failed.failure} siteName={hostOf(target.account.origin)} />
      )}
    </div>
  )
}
