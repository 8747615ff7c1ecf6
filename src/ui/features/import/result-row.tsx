import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { ProgressRing } from '../../components/progress-ring'
import { VisuallyHidden } from '../../components/visually-hidden'
import { siteLabel } from '../../view/matching'
import { hrefOf } from '../shell/route'
import { type Outcome, useImport } from './import-store'
import { askAndLook } from './look'
import { OutcomeWords } from './outcome-words'

export interface ResultItem {
  readonly origin: string
  /** Of the bookmark. */
  readonly title: string
  readonly outcome: Outcome
  /** Accounts there are at this site by now. */
  readonly stored: readonly GlanceRow[]
}

interface Props {
  item: ResultItem
  /** Of all rows only one is a stop of the Tab key. */
  tabIndex: 0 | -1
}

/** One site that was looked at, with what can be done about it. */
export function ResultRow({ item, tabIndex }: Props) {
  const { origin, title, outcome, stored } = item
  return (
    <div className="flex min-h-15 items-start gap-3 border-b border-line px-3 py-2">
      <span className="mt-0.5 flex">
        <OutcomeMark at={stored.length > 0 ? 'recognised' : outcome.at} />
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">
        <a
          href={origin}
          target="_blank"
          rel="noreferrer"
          data-row-target
          tabIndex={tabIndex}
          className="font-medium hover:underline"
        >
          {siteLabel(origin)}
        </a>{' '}
        <span className="text-12 text-text-2">{title}</span>
        <OutcomeWords origin={origin} outcome={outcome} stored={stored} tabIndex={tabIndex} />
      </div>
      <RowActions item={item} tabIndex={tabIndex} />
    </div>
  )
}

function OutcomeMark({ at }: { at: Outcome['at'] }) {
  switch (at) {
    case 'looking':
      return <ProgressRing />
    case 'recognised':
      return <CircleCheck size={16} aria-hidden className="shrink-0 text-good" />
    case 'failed':
      return <CircleAlert size={16} aria-hidden className="shrink-0 text-attention" />
    case 'waiting':
    case 'stopped':
      return <CircleDashed size={16} aria-hidden className="shrink-0 text-unknown" />
  }
}

/** Adding stays possible where nothing was recognised: a person may know better. */
function RowActions({ item: { origin, outcome, stored }, tabIndex }: Props) {
  const { t } = useTranslation('import')
  const running = useImport(({ run }) => run !== null)
  const { at } = outcome
  const site = siteLabel(origin)
  const add = at === 'failed' ? 'add-anyway' : stored.length > 0 ? 'add-another' : 'add'
  return (
    <span className="flex shrink-0 flex-wrap justify-end gap-2">
      {(at === 'failed' || at === 'stopped') && !running && (
        <Button size="s" tabIndex={tabIndex} onClick={() => void askAndLook([origin])}>
          {t('action.look-again')} <VisuallyHidden>{site}</VisuallyHidden>
        </Button>
      )}
      {(at === 'failed' || at === 'recognised') && (
        <a
          href={hrefOf({ page: 'accounts', panel: { kind: 'add', origin } })}
          tabIndex={tabIndex}
          className="inline-flex h-7 items-center gap-1.5 rounded-control border border-line-strong bg-raised px-2 text-12 whitespace-nowrap hover:bg-hover"
        >
          {t(`action.${add}`)} <VisuallyHidden>{site}</VisuallyHidden>
        </a>
      )}
    </span>
  )
}
