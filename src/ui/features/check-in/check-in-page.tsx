import { useQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { LinkButton } from '../../components/link-button'
import { Notice } from '../../components/notice'
import { Skeleton } from '../../components/skeleton'
import { automationQuery } from '../../queries/automation'
import { isOpenRun } from '../../queries/check-in'
import { useCheckInChange } from '../../queries/check-in-mutations'
import { hrefOf } from '../shell/route'
import { goTo, useRoute } from '../shell/use-route'
import { CheckInList } from './check-in-list'
import { CheckInPanel } from './check-in-panel'
import { isLeft } from './entries'
import { type CheckIns, useCheckIns } from './use-check-ins'

/** The daily check-in of every account, and the panel of one account's days. */
export function CheckInPage() {
  const route = useRoute()
  const openId = (route.page === 'check-in' && route.account) || null
  const checkIns = useCheckIns()
  const { entries } = checkIns
  const open = entries?.find(({ id }) => id === openId)
  return (
    <>
      {/* Where there is room, the list stands beside the panel instead of under it. */}
      <div className={`h-full ${openId === null ? '' : 'min-[1200px]:pe-120'}`}>
        <Page checkIns={checkIns} openId={openId} />
      </div>
      {openId !== null && entries && (
        <CheckInPanel
          key={openId}
          entry={open}
          onClose={() => {
            goTo({ page: 'check-in' })
          }}
        />
      )}
    </>
  )
}

function Page({ checkIns, openId }: { checkIns: CheckIns; openId: string | null }) {
  const { t } = useTranslation('check-in')
  const { entries, run, nextAtMs, failure } = checkIns
  const all = useCheckInChange('checkIn.run')
  const isRunning = isOpenRun(run)
  const hasWork = entries?.some(isLeft) ?? false
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <p className="text-text-2">{t('sentence')}</p>
        </div>
        {entries && entries.length > 0 && (
          <Button
            variant="primary"
            icon={CalendarCheck}
            busy={isRunning || all.busy}
            disabled={!hasWork && !isRunning}
            title={hasWork || isRunning ? undefined : t('run.nothing-left')}
            onClick={() => void all.run({})}
          >
            {t('run.start')}
          </Button>
        )}
      </header>
      {all.failure && <FailureNotice failure={all.failure} />}
      <SwitchedOff />
      {entries === null ? (
        failure ? (
          <FailureNotice
            failure={failure}
            action={
              <Button size="s" onClick={checkIns.retry}>
                {t('action.retry')}
              </Button>
            }
          />
        ) : (
          <Loading />
        )
      ) : entries.length === 0 ? (
        <Nothing accounts={checkIns.accounts} />
      ) : (
        <CheckInList {...{ entries, run, nextAtMs, openId }} />
      )}
    </div>
  )
}

/** Says that nothing is checked in by itself, where the settings say so. */
function SwitchedOff() {
  const { t } = useTranslation('check-in')
  const { data } = useQuery(automationQuery())
  if (!data || data.checkIn.enabled) return null
  return (
    <Notice
      tone="info"
      title={t('off.title')}
      action={
        <LinkButton size="s" href={hrefOf({ page: 'settings' })}>
          {t('off.settings')}
        </LinkButton>
      }
    >
      {t('off.sentence')}
    </Notice>
  )
}

/** No account, or none with a check-in. */
function Nothing({ accounts }: { accounts: number }) {
  const { t } = useTranslation('check-in')
  const kind = accounts === 0 ? 'empty' : 'none-offered'
  return (
    <EmptyState
      title={t(`${kind}.title`)}
      sentence={t(`${kind}.sentence`)}
      action={
        <LinkButton
          variant="primary"
          href={hrefOf({
            page: 'accounts',
            panel: { kind: accounts === 0 ? 'add' : 'none' },
          })}
        >
          {t(`${kind}.action`)}
        </LinkButton>
      }
    />
  )
}

function Loading() {
  const { t } = useTranslation('check-in')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-8 w-80" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
