import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Age } from '../../components/age'
import { HealthMark } from '../../components/health-mark'
import { formatCount } from '../../text/format'
import type { WaitingEntry } from './entries'
import { EntryAction, type Means, placeOf } from './entry-action'
import { useEntryWords } from './use-entry-words'

/** How many accounts are named before the rest is only counted. */
const NAMED = 3

interface Props {
  entry: WaitingEntry
  means: Means
  tabIndex: 0 | -1
}

/** One thing that waits: where, why, for which accounts, since when, and what to do. */
export function EntryRow({ entry, means, tabIndex }: Props) {
  const { t } = useTranslation('needs-you')
  const { host, act, accounts, checkIns, triedAtMs, workedAtMs } = entry
  const words = useEntryWords()(entry)
  const isOnlyCheckIn = checkIns.length === accounts.length
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-15 font-medium wrap-anywhere">{host}</span>
          <HealthMark health="bad" label={words.title} showWord />
        </p>
        <p>
          {words.sentence} <span className="text-text-2">{words.nextStep}</span>
        </p>
        <dl className="flex flex-wrap gap-x-4 text-12">
          <Fact name={t('entry.accounts')}>
            <Accounts entry={entry} tabIndex={tabIndex} />
          </Fact>
          {triedAtMs > 0 && (
            <Fact name={t('entry.tried')}>
              <Age atMs={triedAtMs} />
            </Fact>
          )}
          {/* Of a check-in alone the figures say nothing. */}
          {!isOnlyCheckIn && (
            <Fact name={t('entry.worked')}>
              {workedAtMs === undefined ? t('entry.never') : <Age atMs={workedAtMs} />}
            </Fact>
          )}
        </dl>
        {isOnlyCheckIn && act !== 'check-in' && (
          <p className="text-12 text-text-2">{t('check-in.only')}</p>
        )}
        {words.resumes !== null && <p className="text-12 text-text-2">{words.resumes}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <EntryAction entry={entry} means={means} tabIndex={tabIndex} />
      </div>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="shrink-0 text-text-2">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

interface AccountsProps {
  entry: WaitingEntry
  tabIndex: 0 | -1
}

function Accounts({ entry, tabIndex }: AccountsProps) {
  const { accounts } = entry
  const { t, i18n } = useTranslation('needs-you')
  const more = accounts.length - NAMED
  return (
    <span className="flex flex-wrap gap-x-2">
      {accounts.slice(0, NAMED).map(({ row, title }, index) => (
        <a
          key={row.id}
          href={placeOf(row.id, entry)}
          // The arrow keys go from entry to entry by the first name of each.
          data-row-target={index === 0 || undefined}
          tabIndex={tabIndex}
          className="underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {title}
        </a>
      ))}
      {more > 0 && <span>{t('entry.more', { number: formatCount(more, i18n.language) })}</span>}
    </span>
  )
}
