import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { CodeOffer } from '@/src/domain/redemption'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { batchesQuery, codesOfferedQuery } from '../../queries/redeem'
import { BatchList } from './batch-list'
import { OfferForm } from './offer-form'
import { PasteForm } from './paste-form'

/** Codes that were found or are pasted, the account they go to, and what became of them. */
export function RedeemPage() {
  const { t } = useTranslation(['redeem', 'common'])
  const { data: offered, error, refetch } = useQuery(codesOfferedQuery())
  const batches = useQuery(batchesQuery())
  const [pasted, setPasted] = useState<CodeOffer | null>(null)
  const below = useRef<HTMLDivElement>(null)
  const failed = error ?? batches.error

  function readAgain(): void {
    void refetch()
    void batches.refetch()
  }

  /** The pressed button goes with its offer: the focus must not fall back to the top of the page. */
  function goOn(): void {
    setTimeout(() => below.current?.focus())
  }

  return (
    <div className="flex max-w-200 flex-col gap-6 px-4 py-5 md:px-6">
      <header>
        <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      {failed && (
        <FailureNotice
          failure={failureOf(failed)}
          action={
            <Button size="s" onClick={readAgain}>
              {t('common:action.retry')}
            </Button>
          }
        />
      )}
      {offered && <OfferForm key={offered.id} offer={offered} onGone={goOn} />}
      <PasteForm isPrimary={!offered && !pasted} onFound={setPasted} />
      {pasted && (
        <OfferForm
          key={pasted.id}
          offer={pasted}
          onGone={() => {
            setPasted(null)
            goOn()
          }}
        />
      )}
      <div ref={below} tabIndex={-1} className="outline-none">
        {batches.data && batches.data.length > 0 && <BatchList batches={batches.data} />}
        {batches.data?.length === 0 && !offered && !pasted && (
          <EmptyState title={t('empty.title')} sentence={t('empty.sentence')} />
        )}
        {!batches.data && !failed && <Loading />}
      </div>
    </div>
  )
}

function Loading() {
  const { t } = useTranslation('redeem')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
