import { Copy, ExternalLink } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { BuiltLink } from '@/src/exporters/exporter'

import { Button } from '../../components/button'
import { useCopySecret } from '../../components/copy-secret'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { openLink } from './leave-page'
import { useExportWords } from './words'

interface Props {
  link: BuiltLink
  targetId: string
  /** The key in it. */
  secret: string
  onUsed: () => void
}

/** A link to a program. Whether it arrives nobody tells: it is "opened", not "imported". */
export function LinkResult({ link, targetId, secret, onUsed }: Props) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const { copyText } = useCopySecret()
  const [opened, setOpened] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const id = useId()
  const { label, url, opens, warnings } = link

  async function copy(): Promise<void> {
    const done = await copyText(url, [secret])
    setFailure(done.ok ? null : done.failure)
    if (done.ok) onUsed()
  }

  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <h4 id={id} className="font-medium wrap-anywhere">
        {label}
      </h4>
      <p className="text-12 wrap-anywhere text-text-2">{t('opens', { opens })}</p>
      {warnings.map((warning) => (
        <Notice key={warning} tone="attention">
          {t(`warning.${warning}`, { opens })}
        </Notice>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          size="s"
          icon={ExternalLink}
          onClick={() => {
            openLink(url)
            setOpened(true)
            onUsed()
          }}
        >
          {t('action.open')}
        </Button>
        <Button size="s" icon={Copy} onClick={() => void copy()}>
          {t('action.copy-link')}
        </Button>
        <span role="status" className="text-12">
          {opened &&
            t('opened', { program: targetId === 'chat-link' ? opens : words.target(targetId) })}
        </span>
      </div>
      {failure && <FailureNotice failure={failure} />}
    </div>
  )
}
