import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Repair } from '@/src/domain/chore'
import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { useKeyChange } from '../../queries/key-mutations'
import { repairQuery, totpQuery } from '../../queries/keys'
import { formatExact } from '../../text/format'
import type { KeySection } from './key-entries'
import { RepairAccountItem } from './repair-account'
import { isUnderWay, repairAccounts } from './repair-view'

/** Announcements tell of each key; asking wakes a worker that died, which then goes on. */
const POLL_MS = 2000

interface Props {
  sections: readonly KeySection[]
  onClose: () => void
}

/** Gets the full text of keys that sites hide, and says what only the person can do about the rest. */
export function RepairPanel({ sections, onClose }: Props) {
  const { t } = useTranslation('keys')
  const { data: repair, error } = useQuery({
    ...repairQuery(),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  })
  return (
    <SidePanel
      open
      onClose={onClose}
      title={t('repair.title')}
      footer={repair !== undefined && <RepairActions repair={repair} sections={sections} />}
    >
      <div className="flex flex-col gap-4">
        <p className="text-text-2">{t('repair.sentence')}</p>
        {error && <FailureNotice failure={failureOf(error)} />}
        {repair === undefined && !error && <Skeleton className="h-16 w-full" />}
        {repair === null && <Extent sections={sections} />}
        {repair && <RepairState repair={repair} sections={sections} />}
      </div>
    </SidePanel>
  )
}

/** What a repair would be about, before the first one. */
function Extent({ sections }: Pick<Props, 'sections'>) {
  const { t } = useTranslation('keys')
  const count = hiddenIn(sections)
  return <p>{count === 0 ? t('repair.nothing') : t('repair.extent', { count })}</p>
}

function RepairState({ repair, sections }: { repair: Repair; sections: readonly KeySection[] }) {
  const { t, i18n } = useTranslation('keys')
  const { data: totp } = useQuery(totpQuery())
  const accounts = repairAccounts(repair)
  const done = accounts.reduce((sum, account) => sum + account.done, 0)
  const completed = accounts.reduce((sum, account) => sum + account.completed, 0)
  const { state, resumeAtMs } = repair
  return (
    <>
      <div className="flex flex-col gap-2">
        <p role="status" className="font-medium tabular-nums">
          {t(`repair.state.${state}`, { done, total: repair.keys.length })}
        </p>
        {isUnderWay(repair) && (
          <ProgressBar value={done} max={repair.keys.length} label={t('repair.label')} />
        )}
        {state === 'waiting' && resumeAtMs !== undefined && (
          <Notice tone="info">
            {t('repair.resumes', { time: formatExact(resumeAtMs, i18n.language) })}
          </Notice>
        )}
        <p className="text-text-2">{t('repair.completed', { count: completed })}</p>
      </div>
      <ul className="flex flex-col gap-3">
        {accounts.map((account) => (
          <li key={account.accountId}>
            <RepairAccountItem
              progress={account}
              section={sections.find((one) => one.account.id === account.accountId)}
              hasTotp={totp?.accountIds.includes(account.accountId) ?? false}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function RepairActions({ repair, sections }: { repair: Repair | null } & Pick<Props, 'sections'>) {
  const { t } = useTranslation('keys')
  const start = useKeyChange('repair.start')
  const pause = useKeyChange('repair.pause')
  const resume = useKeyChange('repair.resume')
  const cancel = useKeyChange('repair.cancel')
  const failure = start.failure ?? pause.failure ?? resume.failure ?? cancel.failure
  if (repair === null || !isUnderWay(repair)) {
    return (
      <>
        {failure && <FailureNotice failure={failure} />}
        <Button
          variant="primary"
          busy={start.busy}
          disabled={repair === null && hiddenIn(sections) === 0}
          onClick={() => void start.run({})}
        >
          {t(repair === null ? 'repair.start' : 'repair.again')}
        </Button>
      </>
    )
  }
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Button variant="ghost" busy={cancel.busy} onClick={() => void cancel.run({})}>
        {t('repair.cancel')}
      </Button>
      {repair.state === 'paused' ? (
        <Button variant="primary" busy={resume.busy} onClick={() => void resume.run({})}>
          {t('repair.resume')}
        </Button>
      ) : (
        <Button busy={pause.busy} onClick={() => void pause.run({})}>
          {t('repair.pause')}
        </Button>
      )}
    </>
  )
}

function hiddenIn(sections: readonly KeySection[]): number {
  return sections.flatMap(({ list }) => list.rows).filter(({ secret }) => secret === 'hidden')
    .length
}
