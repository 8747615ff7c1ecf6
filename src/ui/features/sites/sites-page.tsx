import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { siteAccessQuery } from '../../queries/sites'
import { goTo } from '../shell/use-route'
import { SitesList } from './sites-list'

/** Every site Relaydeck may reach, why, and how to take that back. */
export function SitesPage() {
  const { t } = useTranslation('sites')
  const { data, error, refetch } = useQuery(siteAccessQuery())
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header>
        <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      {error && (
        <FailureNotice
          failure={failureOf(error)}
          action={
            <Button size="s" onClick={() => void refetch()}>
              {t('action.retry')}
            </Button>
          }
        />
      )}
      {data ? data.length === 0 ? <Nothing /> : <SitesList sites={data} /> : !error && <Loading />}
    </div>
  )
}

function Nothing() {
  const { t } = useTranslation('sites')
  return (
    <EmptyState
      title={t('empty.title')}
      sentence={t('empty.sentence')}
      action={
        <Button
          variant="primary"
          onClick={() => {
            goTo({ page: 'accounts', panel: { kind: 'add' } })
          }}
        >
          {t('action.add')}
        </Button>
      }
    />
  )
}

function Loading() {
  const { t } = useTranslation('sites')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
