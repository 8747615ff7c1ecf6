import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { HelpProgress } from '@/src/domain/help'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { ProgressBar } from '../../components/progress-bar'
import { ProgressRing } from '../../components/progress-ring'
import type { HelpHandle } from '../../queries/help'
import { formatCount } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import { HelpResult } from './help-result'

interface Props {
  help: HelpHandle
  /** Sites that still wait for their check to be passed. */
  toPass: readonly string[]
}

/** Help with protection pages: how far it is while it runs, and what came of it. */
export function HelpStatus({ help, toPass }: Props) {
  const { progress, failure, start, stop } = help
  // What had ended when the page was opened is no news, nor what was dismissed.
  const [old, setOld] = useState<HelpProgress['ended'] | null>(null)
  if (progress && old === null) setOld(progress.ended)
  const running = isHelping(progress)
  const ended = progress && progress.ended !== old ? progress.ended : []
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {progress && running && <Running progress={progress} onStop={stop} />}
      {!running && ended.length > 0 && (
        <HelpResult
          ended={ended}
          toPass={toPass}
          onAgain={start}
          onDismiss={() => {
            setOld(ended)
          }}
        />
      )}
    </>
  )
}

/** Also between two sites, when neither of them is the current one. */
export function isHelping(progress: HelpProgress | null): boolean {
  return progress !== null && (progress.current !== undefined || progress.left.length > 0)
}

interface RunningProps {
  progress: HelpProgress
  onStop: () => void
}

function Running({ progress: { current, left, ended }, onStop }: RunningProps) {
  const { t, i18n } = useTranslation('needs-you')
  const [stopping, setStopping] = useState(false)
  const [next = '', ...later] = current ? [current.origin, ...left] : left
  const phase = current?.phase ?? 'opening'
  const step = phase === 'waiting' && current?.unseen ? 'waiting-unseen' : phase
  return (
    <section
      aria-label={t('help.label')}
      className="flex flex-col gap-3 rounded-card border border-line bg-panel px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-3">
        <ProgressRing />
        <p role="status" className="min-w-0 flex-1 basis-64 wrap-anywhere">
          {t(`help.${step}`, { host: hostOf(next) })}{' '}
          {later.length > 0 && (
            <span className="text-text-2">
              {t('help.left', { number: formatCount(later.length, i18n.language) })}
            </span>
          )}
        </p>
        <Button
          size="s"
          disabled={stopping}
          onClick={() => {
            setStopping(true)
            onStop()
          }}
        >
          {t(stopping ? 'help.stopping' : 'help.stop')}
        </Button>
      </div>
      <ProgressBar
        value={ended.length}
        max={ended.length + 1 + later.length}
        label={t('help.label')}
      />
    </section>
  )
}
