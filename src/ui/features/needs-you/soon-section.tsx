import { useQuery } from '@tanstack/react-query'
import { TriangleAlert, X } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Warning } from '@/src/domain/warning'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { IconButton } from '../../components/icon-button'
import { useNow } from '../../components/use-now'
import { usePutAway, warningsQuery } from '../../queries/warnings'
import { formatAmount, formatExact } from '../../text/format'
import { formatSpan } from '../../text/span'
import { entriesOf } from '../../view/glance-view'

/** What will need the user soon; each can be put away for a while. */
export function SoonSection({ rows }: { rows: readonly GlanceRow[] }) {
  const { t } = useTranslation('needs-you')
  const { data, error } = useQuery(warningsQuery())
  const putAway = usePutAway()
  const heading = useRef<HTMLHeadingElement>(null)
  const lines = useMemo(() => {
    const titles = new Map(entriesOf(rows).map(({ row, title }) => [row.id, title]))
    return (data ?? []).flatMap((warning) => {
      const title = titles.get(warning.accountId)
      return title === undefined ? [] : [{ warning, title }]
    })
  }, [rows, data])

  async function away(warnings: readonly Warning[]): Promise<void> {
    // The line goes, and its button with it: the focus must not get lost.
    heading.current?.focus()
    await putAway.run(warnings.map(({ key }) => key))
  }

  if (error) return <FailureNotice failure={failureOf(error)} />
  if (lines.length === 0) return null
  return (
    <section
      aria-label={t('soon.title')}
      className="flex max-h-65 shrink-0 flex-col gap-2 overflow-y-auto"
    >
      <div className="flex items-center gap-3">
        <h2 ref={heading} tabIndex={-1} className="flex-1 text-15 font-semibold outline-none">
          {t('soon.title')}
        </h2>
        <Button
          size="s"
          variant="ghost"
          onClick={() => void away(lines.map(({ warning }) => warning))}
        >
          {t('soon.all')}
        </Button>
      </div>
      {putAway.failure && <FailureNotice failure={putAway.failure} />}
      <ul className="rounded-card border border-line bg-raised">
        {lines.map(({ warning, title }) => (
          <li
            key={warning.key}
            className="flex min-h-10 items-center gap-3 border-b border-line px-4 py-1 last:border-b-0"
          >
            <TriangleAlert size={14} aria-hidden className="shrink-0 text-attention" />
            <a
              href={`#/accounts/${warning.accountId}`}
              className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              {title}
            </a>
            <WarningText warning={warning} />
            <IconButton
              icon={X}
              label={t('soon.away', { name: title })}
              onClick={() => void away([warning])}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function WarningText({ warning }: { warning: Warning }) {
  const { t, i18n } = useTranslation('needs-you')
  const now = useNow()
  const { kind, balanceUsd, thresholdUsd, plan = '', endsAtMs } = warning
  const usd = (value: number | undefined) => formatAmount(value ?? Number.NaN, 'USD', i18n.language)
  const text =
    kind === 'low-balance'
      ? t('soon.low-balance', { balance: usd(balanceUsd), threshold: usd(thresholdUsd) })
      : endsAtMs === undefined
        ? t(`soon.${kind}-some-time`, { plan })
        : t(`soon.${kind}`, { plan, span: formatSpan(endsAtMs - now, i18n.language) })
  return (
    <span
      className="min-w-0 flex-1 wrap-anywhere"
      title={endsAtMs === undefined ? undefined : formatExact(endsAtMs, i18n.language)}
    >
      {text}
    </span>
  )
}
