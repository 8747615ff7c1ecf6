import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { CredentialView } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { LinkButton } from '../../components/link-button'
import { Skeleton } from '../../components/skeleton'
import { credentialModelsQuery, credentialsQuery } from '../../queries/credentials'
import { hostOf } from '../../view/glance-view'
import { originOf } from '../credentials/credential-entries'
import { CredentialFailure } from '../credentials/credential-failure'
import { hrefOf } from '../shell/route'
import { ModelsList } from './models-list'

/** All models one credential may call, asked live. */
export function ModelsPage({ credentialId }: { credentialId: string }) {
  const { t } = useTranslation('credentials')
  const { data: views, error, refetch } = useQuery(credentialsQuery())
  const view = views?.find(({ id }) => id === credentialId)
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header className="flex flex-col items-start gap-2">
        <LinkButton
          size="s"
          variant="ghost"
          icon={ArrowLeft}
          href={hrefOf({ page: 'credentials', panel: { kind: 'none' } })}
        >
          {t('models.back')}
        </LinkButton>
        <div className="min-w-0">
          <h1 className="text-18 font-semibold wrap-anywhere outline-none">
            {view ? t('models.of', { name: view.decided.name }) : t('models.title')}
          </h1>
          <p className="text-text-2">{t('models.sentence')}</p>
        </div>
      </header>
      {view ? (
        <LiveModels view={view} />
      ) : views ? (
        <EmptyState title={t('gone.title')} sentence={t('gone.sentence')} />
      ) : error ? (
        <FailureNotice
          failure={failureOf(error)}
          action={
            <Button size="s" onClick={() => void refetch()}>
              {t('action.retry')}
            </Button>
          }
        />
      ) : (
        <Loading />
      )}
    </div>
  )
}

function LiveModels({ view }: { view: CredentialView }) {
  const { t } = useTranslation('credentials')
  const { data, error, refetch, isFetching } = useQuery(credentialModelsQuery(view.id))
  const retry = (
    <Button size="s" icon={RefreshCw} busy={isFetching} onClick={() => void refetch()}>
      {t('action.retry')}
    </Button>
  )
  const host = hostOf(originOf(view))
  return (
    <>
      {error && (
        <CredentialFailure
          failure={failureOf(error)}
          origin={originOf(view)}
          onGranted={() => void refetch()}
          action={retry}
        />
      )}
      {data ? (
        data.models.length === 0 ? (
          <EmptyState
            title={t('models.none')}
            sentence={t('models.none-sentence', { host })}
            action={retry}
          />
        ) : (
          <ModelsList credentialId={view.id} apiType={view.decided.apiType} models={data.models} />
        )
      ) : (
        !error && <Loading />
      )}
    </>
  )
}

function Loading() {
  const { t } = useTranslation('credentials')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('models.loading')}</span>
      <Skeleton className="h-8 w-80" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
