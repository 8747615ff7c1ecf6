import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { JournalKind } from '@/src/domain/journal'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { journalQuery } from '../../queries/journal'
import { hasProblem } from './journal-items'
import { JournalFilters } from './journal-filters'
import { JournalList } from './journal-list'

/** What ran, when, why, and what came of it; newest first. */
export function JournalPage() {
  const { t } = useTranslation(['journal', 'common'])
  const [kind, setKind] = useState<JournalKind | null>(null)
  const [onlyProblems, setOnlyProblems] = useState(false)
  const journal = useInfiniteQuery(journalQuery(kind))
  const entries = journal.data?.pages.flatMap((page) => page.entries)
  const shown = onlyProblems ? entries?.filter(hasProblem) : entries
  const isNarrowed = kind !== null || onlyProblems

  function showAll(): void {
    setKind(null)
    setOnlyProblems(false)
  }

  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header>
        <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      <JournalFilters
        kind={kind}
        onKind={setKind}
        onlyProblems={onlyProblems}
        onOnlyProblems={setOnlyProblems}
      />
      {journal.error && (
        <FailureNotice
          failure={failureOf(journal.error)}
          action={
            <Button size="s" onClick={() => void journal.refetch()}>
              {t('common:action.retry')}
            </Button>
          }
        />
      )}
      {shown && shown.length > 0 && <JournalList entries={shown} />}
      {shown?.length === 0 &&
        (isNarrowed ? (
          <EmptyState
            title={t('no-hit.title')}
            sentence={t(journal.hasNextPage ? 'no-hit.so-far' : 'no-hit.sentence')}
            action={<Button onClick={showAll}>{t('no-hit.clear')}</Button>}
          />
        ) : (
          <EmptyState title={t('empty.title')} sentence={t('empty.sentence')} />
        ))}
      {journal.hasNextPage && (
        <div className="flex justify-center">
          <Button busy={journal.isFetchingNextPage} onClick={() => void journal.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
      {!shown && !journal.error && <Loading />}
    </div>
  )
}

function Loading() {
  const { t } = useTranslation('journal')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-11 w-full" />
      <Skeleton className="h-11 w-full" />
      <Skeleton className="h-11 w-full" />
    </div>
  )
}
