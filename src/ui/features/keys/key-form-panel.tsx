import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Rates } from '@/src/domain/money'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { keyOptionsQuery } from '../../queries/keys'
import { hostOf } from '../../view/glance-view'
import { DiscardDialog } from '../account-form/discard-dialog'
import type { KeyOptions } from './form-values'

/** How a form stands to what is stored. */
export type FormState = 'untouched' | 'changed' | 'saved'

export interface FormPanelParts {
  /** Of the form that the footer's button sends. */
  readonly formId: string
  readonly setState: (state: FormState) => void
  readonly setBusy: (busy: boolean) => void
}

interface Props {
  title: string
  submit: string
  onClose: () => void
  /** Something typed would be lost. */
  onDirty: (dirty: boolean) => void
  /** Without an account there is nothing to send yet. */
  ready: boolean
  children: (parts: FormPanelParts) => ReactNode
}

/** The panel around a form of a key: it is not closed over unsaved changes without asking. */
export function KeyFormPanel({ title, submit, onClose, onDirty, ready, children }: Props) {
  const { t } = useTranslation('keys')
  const formId = useId()
  const [state, setState] = useState<FormState>('untouched')
  const [busy, setBusy] = useState(false)
  const [leaving, setLeaving] = useState(false)

  function leave(): void {
    if (state === 'changed') setLeaving(true)
    else onClose()
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={title}
      footer={
        <>
          <p role="status" className="me-auto text-text-2">
            {state === 'saved' && t('form.saved')}
          </p>
          <Button variant="ghost" onClick={leave}>
            {t('action.close')}
          </Button>
          {ready && (
            <Button variant="primary" type="submit" form={formId} busy={busy}>
              {submit}
            </Button>
          )}
        </>
      }
    >
      {children({
        formId,
        setBusy,
        setState: (next) => {
          setState(next)
          onDirty(next === 'changed')
        },
      })}
      {leaving && (
        <DiscardDialog
          onKeep={() => {
            setLeaving(false)
          }}
          onDiscard={onClose}
        />
      )}
    </SidePanel>
  )
}

interface OptionsProps {
  account: GlanceRow
  children: (options: KeyOptions, rates: Rates) => ReactNode
}

/** What the site offers for a key, asked live; says which part could not be had. */
export function WithOptions({ account, children }: OptionsProps) {
  const { t } = useTranslation('keys')
  const { data, error, refetch, isFetching } = useQuery(keyOptionsQuery(account.id))
  const failure = data?.failure ?? (error ? failureOf(error) : null)
  const notice = failure && (
    <FailureNotice
      failure={failure}
      siteName={hostOf(account.origin)}
      action={
        <Button size="s" busy={isFetching} onClick={() => void refetch()}>
          {t('action.retry')}
        </Button>
      }
    />
  )
  if (!data) return notice ?? <Loading />
  const { unit, quotaPerUnit } = data
  return (
    <>
      {notice}
      {children(data, { unit, quotaPerUnit, exchangeRate: account.exchangeRate })}
    </>
  )
}

function Loading() {
  const { t } = useTranslation('keys')
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{t('form.loading')}</span>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-20 w-full" />
    </div>
  )
}
