import { useTranslation } from 'react-i18next'

import type { JournalKind, JournalLine } from '@/src/domain/journal'

import { useSettings } from '../../queries/settings'
import { useFailureText } from '../../text/failure-text'
import { formatAmountOf } from '../../text/format'
import { useNoticeText, usePlaceName } from '../../text/notice-text'
import type { GlanceEntry } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import { LineMark } from './entry-mark'
import { useEntryCounts } from './use-entry-counts'

interface Props {
  kind: JournalKind
  line: JournalLine
  /** Absent = removed since, or the part is no account. */
  account: GlanceEntry | undefined
  tabIndex: 0 | -1
}

/** What came of one account, or of one place a notice went to. */
export function EntryLine({ kind, line, account, tabIndex }: Props) {
  const { t } = useTranslation('journal')
  return (
    <li className="flex items-start gap-2 py-1.5">
      <span className="mt-0.5 flex">
        <LineMark state={line.state} />
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="flex flex-wrap gap-x-2">
          <Name kind={kind} id={line.id} account={account} tabIndex={tabIndex} />
          <span>{t(`line.${line.state}`)}</span>
          <Proof line={line} account={account} />
        </p>
        <Why kind={kind} line={line} account={account} />
      </div>
    </li>
  )
}

function Name({ kind, id, account, tabIndex }: Omit<Props, 'line'> & { id: string }) {
  const { t } = useTranslation('journal')
  const placeName = usePlaceName()
  if (account) {
    return (
      <a
        href={hrefOf({ page: 'accounts', panel: { kind: 'details', id } })}
        tabIndex={tabIndex}
        className="font-medium underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {account.title}
      </a>
    )
  }
  const place = kind === 'notice' ? placeName(id) : undefined
  return <span className="font-medium">{place ?? t('gone-account')}</span>
}

/** What told it, what it gave, and how codes ended. */
function Proof({ line, account }: Pick<Props, 'line' | 'account'>) {
  const { t, i18n } = useTranslation(['journal', 'check-in'])
  const { currency } = useSettings().settings
  const counts = useEntryCounts()
  const { by, reward } = line
  return (
    <>
      {by !== undefined && <span className="text-text-2">{t(`check-in:by.${by}`)}</span>}
      {reward !== undefined && account && (
        <span className="tabular-nums">
          {t('reward', { amount: formatAmountOf(reward, account.row, currency, i18n.language) })}
        </span>
      )}
      {line.counts && <span className="text-text-2 tabular-nums">{counts({ lines: [line] })}</span>}
    </>
  )
}

/** What went wrong, and what is still to be done; a service's own words where it said any. */
function Why({ kind, line: { id, state, failure }, account }: Omit<Props, 'tabIndex'>) {
  const { t } = useTranslation('journal')
  const placeName = usePlaceName()
  const ofNotice = useNoticeText()
  const usual = useFailureText()
  const own = OWN_WORDS.find((reason) => reason === failure?.reason)
  if (!failure) return null
  if (own) return <p className="text-12 text-text-2">{t(`reason.${own}`)}</p>
  const isNotice = kind === 'notice'
  const words = isNotice ? ofNotice(failure, placeName(id)) : usual(failure, account?.host)
  return (
    <p className="text-12 text-text-2">
      {words.sentence}
      {/* What could have been done about the rest is over. */}
      {(isNotice || state === 'needs-you') && ` ${words.nextStep}`}
      {failure.detail && ` ${t('says', { words: failure.detail })}`}
    </p>
  )
}

/** Reasons whose usual words are about something else. */
const OWN_WORDS = ['turnstile', 'uncertain'] as const
