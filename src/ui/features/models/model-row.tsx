import {
  BadgeCheck,
  Check,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  Copy,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
} from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import type { ProbeResult } from '@/src/domain/check-run'

import { IconButton } from '../../components/icon-button'
import { formatCount } from '../../text/format'

export interface ModelActions {
  readonly toggle: (model: string) => void
  readonly copy: (model: string) => void
  readonly verify: (model: string) => void
}

interface Props {
  model: string
  selected: boolean
  result: ProbeResult | undefined
  /** A verification is under way. */
  busy: boolean
  tabIndex: 0 | -1
  actions: ModelActions
}

/** One model: chosen by its name, copied or verified at its end. */
export const ModelRow = memo(function ModelRow(props: Props) {
  const { model, selected, result, busy, tabIndex, actions } = props
  const { t } = useTranslation('credentials')
  return (
    <div
      className={`flex h-10 items-center gap-3 border-b border-line px-3 ${selected ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <button
        type="button"
        role="checkbox"
        aria-checked={selected}
        data-row-target
        tabIndex={tabIndex}
        onClick={() => {
          actions.toggle(model)
        }}
        className="flex min-w-0 flex-1 items-center gap-3 self-stretch text-start"
      >
        <span
          aria-hidden
          className={`inline-flex size-4 shrink-0 items-center justify-center rounded-sm border ${selected ? 'border-accent bg-accent text-on-accent' : 'border-mark'}`}
        >
          {selected && <Check size={12} />}
        </span>
        <span className="truncate font-mono text-12" title={model}>
          {model}
        </span>
      </button>
      {result && <Result result={result} />}
      <span className="flex shrink-0">
        <IconButton
          icon={Copy}
          label={t('models.copy-one', { model })}
          tabIndex={tabIndex}
          onClick={() => {
            actions.copy(model)
          }}
        />
        <IconButton
          icon={BadgeCheck}
          label={t('models.verify-one', { model })}
          tabIndex={tabIndex}
          disabled={busy}
          onClick={() => {
            actions.verify(model)
          }}
        />
      </span>
    </div>
  )
})

const LOOK: Record<ProbeResult['state'], { icon: LucideIcon; tone: string }> = {
  waiting: { icon: CircleDashed, tone: 'text-unknown' },
  running: { icon: LoaderCircle, tone: 'text-text-2' },
  pass: { icon: CircleCheck, tone: 'text-good' },
  fail: { icon: OctagonAlert, tone: 'text-bad' },
  unsupported: { icon: CircleMinus, tone: 'text-attention' },
  stopped: { icon: CircleDashed, tone: 'text-unknown' },
}

/** How the last verification of the model ended, and why. */
function Result({ result: { state, cause, latencyMs } }: { result: ProbeResult }) {
  const { t, i18n } = useTranslation('checks')
  const { icon: Icon, tone } = LOOK[state]
  const why = cause && state !== 'pass' ? t(`cause.${cause}.means`) : ''
  return (
    <span className="flex min-w-0 items-center gap-2 text-12 text-text-2">
      {why !== '' && (
        <span className="min-w-0 truncate max-md:sr-only" title={why}>
          {why}
        </span>
      )}
      {state === 'pass' && latencyMs !== undefined && (
        <span className="tabular-nums">
          {t('latency', { ms: formatCount(latencyMs, i18n.language) })}
        </span>
      )}
      <span className={`inline-flex shrink-0 items-center gap-1 ${tone}`}>
        <Icon size={14} aria-hidden className={state === 'running' ? 'animate-spin' : ''} />
        {t(`state.${state}`)}
      </span>
    </span>
  )
}
