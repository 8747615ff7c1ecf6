import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { JournalEntry } from '@/src/domain/journal'

import { Button } from '../../components/button'
import { useFailureText } from '../../text/failure-text'
import { formatCount, formatExact } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'
import { EntryLine } from './entry-line'
import { linesToShow } from './journal-items'

/** How many parts are listed before the rest is asked for. */
const LISTED = 40

interface Props {
  entry: JournalEntry
  accounts: ReadonlyMap<string, GlanceEntry>
  tabIndex: 0 | -1
}

/** What came of each part of a job, and when exactly it ran. */
export function EntryDetails({ entry, accounts, tabIndex }: Props) {
  const { t, i18n } = useTranslation('journal')
  const [areAllShown, setAllShown] = useState(false)
  const failureWords = useFailureText()
  const lines = linesToShow(entry)
  const shown = areAllShown ? lines : lines.slice(0, LISTED)
  const { failure, endedAtMs } = entry
  const day = dayOf(entry.slot)
  return (
    <div className="flex flex-col gap-2">
      <dl className="flex flex-wrap gap-x-6 text-12">
        <Fact name={t('fact.began')}>{formatExact(entry.startedAtMs, i18n.language)}</Fact>
        {endedAtMs !== undefined && (
          <Fact name={t('fact.ended')}>{formatExact(endedAtMs, i18n.language)}</Fact>
        )}
        {day !== undefined && <Fact name={t('fact.day')}>{day}</Fact>}
      </dl>
      {failure && (
        <p>
          {failureWords(failure).sentence}{' '}
          <span className="text-text-2">{failureWords(failure).nextStep}</span>
        </p>
      )}
      {lines.length === 0 ? (
        <p className="text-text-2">{t('no-lines')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {shown.map((line) => (
            <EntryLine
              key={line.id}
              kind={entry.kind}
              line={line}
              account={accounts.get(line.id)}
              tabIndex={tabIndex}
            />
          ))}
        </ul>
      )}
      {shown.length < lines.length && (
        <div>
          <Button
            size="s"
            tabIndex={tabIndex}
            onClick={() => {
              setAllShown(true)
            }}
          >
            {t('show-all', { number: formatCount(lines.length, i18n.language) })}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The day a job belongs to; a slot that is a minute is told by the beginning already. */
function dayOf(slot: string): string | undefined {
  return slot.includes('T') ? undefined : slot
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-text-2">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  )
}
