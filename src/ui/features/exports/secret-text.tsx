import { Copy, Eye, EyeOff } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { useCopySecret } from '../../components/copy-secret'
import { FailureNotice } from '../../components/failure-notice'
import { STAND_IN_KEY } from '../../view/export-drafts'

/** What stands for a key that is not shown. */
const DOTS = '••••••••'

interface Props {
  label: string
  /** The file it belongs to; `''` = none. */
  place?: string
  text: string
  /** The same with a stand-in for every key. */
  masked: string
  keys: readonly string[]
  /** A text with a key in it was copied. */
  onCopied: () => void
}

/** A text that can be copied; keys in it are shown only when asked for. */
export function SecretText({ label, place = '', text, masked, keys, onCopied }: Props) {
  const { t } = useTranslation('exports')
  const { copyText } = useCopySecret()
  const [shown, setShown] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const id = useId()
  const holdsKey = text !== masked
  const isHidden = holdsKey && !shown

  async function copy(): Promise<void> {
    const done = await copyText(text, holdsKey ? keys : [])
    setFailure(done.ok ? null : done.failure)
    if (done.ok && holdsKey) onCopied()
  }

  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <h4 id={id} className="font-medium wrap-anywhere">
        {label} {place !== '' && <code className="text-12 font-normal text-text-2">{place}</code>}
      </h4>
      <pre
        // A long one is scrolled, by the keyboard too.
        tabIndex={0}
        // What is hidden must not be taken for the text and copied by hand.
        className={`max-h-64 overflow-auto rounded-control border border-line bg-panel px-3 py-2 font-mono text-12 break-all whitespace-pre-wrap ${isHidden ? 'text-text-2 select-none' : ''}`}
      >
        {isHidden ? masked.replaceAll(STAND_IN_KEY, DOTS) : text}
      </pre>
      <div className="flex flex-wrap gap-2">
        {holdsKey && (
          <Button
            size="s"
            icon={shown ? EyeOff : Eye}
            aria-pressed={shown}
            onClick={() => {
              setShown(!shown)
            }}
          >
            {t(shown ? 'action.hide' : 'action.show')}
          </Button>
        )}
        <Button size="s" icon={Copy} onClick={() => void copy()}>
          {t('action.copy')}
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </div>
  )
}
