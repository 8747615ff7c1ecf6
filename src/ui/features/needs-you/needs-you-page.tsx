import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { useNow } from '../../components/use-now'
import { glanceQuery } from '../../queries/accounts'
import { useHelp } from '../../queries/help'
import { useRefresh } from '../../queries/refresh'
import { checkInsToOpen, originsToPass, waitingEntries } from './entries'
import type { Means } from './entry-action'
import { HelpStatus, isHelping } from './help-status'
import { SoonSection } from './soon-section'
import { useCheckInHelp } from './use-check-in-help'
import { useKeptFocus } from './use-kept-focus'
import { WaitingList } from './waiting-list'

/** Everything that cannot go on without the user, and the one thing to do about each. */
export function NeedsYouPage() {
  const { t } = useTranslation(['needs-you', 'common'])
  const { data, error, refetch } = useQuery(glanceQuery())
  const now = useNow()
  const entries = useMemo(() => data && waitingEntries(data.rows, now), [data, now])
  const toPass = originsToPass(entries ?? [])
  const toOpen = checkInsToOpen(entries ?? [])
  const help = useHelp()
  const helping = isHelping(help.progress)
  const refresh = useRefresh()
  const checkIn = useCheckInHelp()
  const means = useMeans(help, refresh, checkIn)
  const page = useRef<HTMLDivElement>(null)
  const onFocus = useKeptFocus(page, entries)
  return (
    <div
      ref={page}
      onFocus={onFocus}
      className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6"
    >
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <p className="text-text-2">{t('sentence')}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2 empty:hidden">
          {toOpen.length > 1 && (
            <Button
              onClick={() => {
                checkIn.open(toOpen)
              }}
            >
              {t('check-in.open-all', { count: toOpen.length })}
            </Button>
          )}
          {toPass.length > 1 && (
            <Button
              variant="primary"
              aria-disabled={helping || undefined}
              onClick={() => {
                if (!helping) help.start(toPass)
              }}
            >
              {t('help.all', { count: toPass.length })}
            </Button>
          )}
        </div>
      </header>
      <HelpStatus help={help} toPass={toPass} />
      {refresh.failure && <FailureNotice failure={refresh.failure} />}
      {checkIn.failure && <FailureNotice failure={checkIn.failure} />}
      {entries ? (
        entries.length === 0 ? (
          <EmptyState title={t('empty.title')} sentence={t('empty.sentence')} />
        ) : (
          <WaitingList entries={entries} means={means} />
        )
      ) : error ? (
        <FailureNotice
          failure={failureOf(error)}
          action={
            <Button size="s" onClick={() => void refetch()}>
              {t('common:action.retry')}
            </Button>
          }
        />
      ) : (
        <Loading />
      )}
      {data && <SoonSection rows={data.rows} />}
    </div>
  )
}

/** The same object as long as nothing in it changes, so that rows are not rendered for nothing. */
function useMeans(
  help: Means['help'],
  refresh: Means['refresh'],
  checkIn: Means['checkIn'],
): Means {
  const { progress, start: openSites } = help
  const { running, start } = refresh
  const { run, open } = checkIn
  return useMemo(
    () => ({
      help: { progress, start: openSites },
      refresh: { running, start },
      checkIn: { run, open },
    }),
    [progress, openSites, running, start, run, open],
  )
}

function Loading() {
  const { t } = useTranslation('needs-you')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-20 w-full" />
    </div>
  )
}
