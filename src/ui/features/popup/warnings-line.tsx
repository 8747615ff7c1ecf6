import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning, WarningKind } from '@/src/domain/warning'

import { IconButton } from '../../components/icon-button'
import { useNow } from '../../components/use-now'
import { usePutAway } from '../../queries/warnings'
import { formatSpan } from '../../text/span'
import { openPlace } from './open-pages'

const KINDS: readonly WarningKind[] = ['low-balance', 'plan-ends', 'login-ends']

/** What will soon need the user, in one line that leads to the list and can be put away. */
export function WarningsLine({ warnings }: { warnings: readonly Warning[] }) {
  const { t, i18n } = useTranslation('needs-you')
  const now = useNow()
  const { run } = usePutAway()
  const [away, setAway] = useState(false)
  if (away) return null
  const parts = KINDS.flatMap((kind) => {
    const those = warnings.filter((warning) => warning.kind === kind)
    if (those.length === 0) return []
    const firstMs = Math.min(...those.map(({ endsAtMs = now }) => endsAtMs))
    const span = formatSpan(firstMs - now, i18n.language)
    return [t(`soon.count.${kind}`, { count: those.length, span })]
  })
  return (
    <div className="flex h-8 items-center rounded-control bg-panel text-13">
      <button
        type="button"
        onClick={() => void openPlace('/needs-you')}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-3 text-left hover:bg-hover"
      >
        <TriangleAlert size={14} aria-hidden className="shrink-0 text-attention" />
        <span className="truncate">{parts.join(' · ')}</span>
      </button>
      <IconButton
        icon={X}
        label={t('soon.all')}
        onClick={() => {
          setAway(true)
          // What could not be put away comes back.
          void run(warnings.map(({ key }) => key)).then(({ ok }) => {
            setAway(ok)
          })
        }}
      />
    </div>
  )
}
