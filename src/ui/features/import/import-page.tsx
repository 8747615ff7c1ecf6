import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { glanceQuery } from '../../queries/accounts'
import { ChooseStep } from './choose-step'
import { useImport } from './import-store'
import { ResultStep } from './result-step'
import { StartStep } from './start-step'

/** Accounts there are already, by their site. */
export type Stored = ReadonlyMap<string, readonly GlanceRow[]>

/** Finds relay sites among the browser's bookmarks, so that accounts there can be added. */
export function ImportPage() {
  const { t } = useTranslation('import')
  const begun = useImport(({ found }) => found !== null)
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header>
        <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      {begun ? <Steps /> : <StartStep />}
    </div>
  )
}

/** What follows on reading the bookmarks; it needs to know which sites have accounts. */
function Steps() {
  const { t } = useTranslation('import')
  const { data, error, refetch } = useQuery(glanceQuery())
  const step = useImport((state) => state.step)
  const stored = useMemo(() => bySite(data?.rows ?? []), [data])
  if (data)
    return step === 'choose' ? <ChooseStep stored={stored} /> : <ResultStep stored={stored} />
  if (!error) return <Skeleton className="h-10 w-full" />
  return (
    <FailureNotice
      failure={failureOf(error)}
      action={
        <Button size="s" onClick={() => void refetch()}>
          {t('action.retry')}
        </Button>
      }
    />
  )
}

function bySite(rows: readonly GlanceRow[]): Stored {
  const groups = new Map<string, GlanceRow[]>()
  for (const row of rows) groups.set(row.origin, [...(groups.get(row.origin) ?? []), row])
  return groups
}
