import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Tag } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { goTo } from '../shell/use-route'
import type { CredentialEntry } from './credential-entries'
import { CredentialsList } from './credentials-list'
import type { CredentialRefresh } from './use-credential-refresh'
import type { CredentialSecrets } from './use-credential-secrets'

interface Props {
  /** `null` = not known yet. */
  entries: readonly CredentialEntry[] | null
  tags: readonly Tag[]
  failure: Failure | null
  onRetry: () => void
  /** The credential whose panel is open beside the list. */
  openId: string | null
  secrets: CredentialSecrets
  refresh: CredentialRefresh
}

/** All credentials, with everything that can be done with one or with all that are shown. */
export function CredentialsPage(props: Props) {
  const { entries, tags, failure, onRetry, openId, secrets, refresh } = props
  const { t } = useTranslation('credentials')
  const add = (
    <Button
      variant="primary"
      icon={Plus}
      onClick={() => {
        goTo({ page: 'credentials', panel: { kind: 'add' } })
      }}
    >
      {t('action.add')}
    </Button>
  )
  const isEmpty = entries?.length === 0
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <p className="text-text-2">{t('sentence')}</p>
        </div>
        {!isEmpty && add}
      </header>
      {entries === null ? (
        failure ? (
          <FailureNotice
            failure={failure}
            action={
              <Button size="s" onClick={onRetry}>
                {t('action.retry')}
              </Button>
            }
          />
        ) : (
          <Loading />
        )
      ) : isEmpty ? (
        <EmptyState title={t('empty.title')} sentence={t('empty.sentence')} action={add} />
      ) : (
        <CredentialsList {...{ entries, tags, openId, secrets, refresh }} />
      )}
    </div>
  )
}

function Loading() {
  const { t } = useTranslation('credentials')
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
