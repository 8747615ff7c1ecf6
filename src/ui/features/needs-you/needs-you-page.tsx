import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { glanceQuery } from '../../queries/accounts'
import { useHelp } from '../../queries/help'
import { useRefresh } from '../../queries/refresh'
import { originsToPass, waitingEntries } from './entries'
import type { Means } from './entry-action'
import { HelpStatus, isHelping } from './help-status'
import { useKeptFocus } from './use-kept-focus'
import { WaitingList } from './waiting-list'

/** Everything that cannot go on without the user, and the one thing to do about each. */
export function NeedsYouPage() {
  const { t } = useTranslation(['needs-you', 'common'])
  const { data, error, refetch } = useQuery(glanceQuery())
  const entries = useMemo(() => data && waitingEntries(data.rows), [data])
  const toPass = originsToPass(entries ?? [])
  const help = useHelp()
  const helping = isHelping(help.progress)
  const refresh = useRefresh()
  const means = useMeans(help, refresh)
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
      </header>
      <HelpStatus help={help} toPass={toPass} />
      {refresh.failure && <FailureNotice failure={refresh.failure} />}
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
    </div>
  )
}

/** The same object as long as nothing in it changes, so that rows are not rendered for nothing. */
function useMeans(help: Means['help'], refresh: Means['refresh']): Means {
  const { progress, start: open } = help
  const { running, start } = refresh
  return useMemo(
    () => ({ help: { progress, start: open }, refresh: { running, start } }),
    [progress, open, running, start],
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
