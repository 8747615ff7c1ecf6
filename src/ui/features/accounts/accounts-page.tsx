import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { LinkButton } from '../../components/link-button'
import { Skeleton } from '../../components/skeleton'
import { glanceQuery } from '../../queries/accounts'
import { AccountsList } from './accounts-list'
import { DamagedNotice } from './damaged-notice'

interface Props {
  /** The account whose panel is open beside the list. */
  openId: string | null
  onOpen: (id: string) => void
  onEdit: (id: string) => void
  onAdd: () => void
}

/** All accounts, with everything that can be done with one or many of them. */
export function AccountsPage({ openId, onOpen, onEdit, onAdd }: Props) {
  const { t } = useTranslation('accounts')
  const { data, error, refetch } = useQuery(glanceQuery())
  const add = (
    <div className="flex flex-wrap items-center justify-center gap-2">
      <LinkButton href="#/import" variant="ghost">
        {t('action.import')}
      </LinkButton>
      <Button variant="primary" icon={Plus} onClick={onAdd}>
        {t('action.add')}
      </Button>
    </div>
  )
  const isEmpty = data?.rows.length === 0
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <p className="text-text-2">{t('sentence')}</p>
        </div>
        {!isEmpty && add}
      </header>
      <DamagedNotice damaged={data?.damaged ?? []} />
      {data ? (
        isEmpty ? (
          <EmptyState title={t('empty.title')} sentence={t('empty.sentence')} action={add} />
        ) : (
          <AccountsList rows={data.rows} openId={openId} onOpen={onOpen} onEdit={onEdit} />
        )
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

function Loading() {
  const { t } = useTranslation('accounts')
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
