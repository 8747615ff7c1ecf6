import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { SidePanel } from '../../components/side-panel'
import { AddFooter } from './add-footer'
import { AddressStep } from './address-step'
import { DiscardDialog } from './discard-dialog'
import { originIn } from './draft'
import { ManualForm } from './manual-form'
import { RecognisedFacts } from './recognised-facts'
import { RecognisedForm } from './recognised-form'
import { Recognising } from './recognising'
import { StoredAccounts } from './stored-accounts'
import { type Adding, useAddAccount } from './use-add-account'
import { type Saving, useSaving } from './use-saving'
import { WaitingStep } from './waiting-step'

interface Props {
  /** Stands in the address field at the start. */
  origin?: string
  /** The tab the person came from, if any. */
  tabId?: number
  onClose: () => void
  /** Shows a stored account, new or old. */
  onOpen: (id: string) => void
}

/** Adds an account: recognises it in the browser's open tab, or takes it typed by hand. */
export function AddAccount({ origin = '', tabId, onClose, onOpen }: Props) {
  const { t } = useTranslation('account-form')
  const formId = useId()
  const adding = useAddAccount(origin, tabId)
  const saving = useSaving()
  const [leaving, setLeaving] = useState(false)

  function leave(): void {
    // An address alone is quickly typed again.
    const typed = [...adding.state.draft.typed].some((field) => field !== 'origin')
    if (typed) setLeaving(true)
    else onClose()
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={t('add.title')}
      footer={<AddFooter adding={adding} saving={saving} formId={formId} onClose={leave} />}
    >
      <AddBody adding={adding} saving={saving} formId={formId} onOpen={onOpen} />
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

interface BodyProps {
  adding: Adding
  saving: Saving
  formId: string
  onOpen: (id: string) => void
}

function AddBody({ adding, saving, formId, onOpen }: BodyProps) {
  const { step, draft } = adding.state
  const { values } = draft
  const origin = originIn(values.origin) ?? ''
  const host = origin === '' ? '' : new URL(origin).host
  const retry = () => {
    saving.reset()
    if (origin) void adding.askAccessAndRecognise(origin)
    else adding.goBack()
  }
  const form = { formId, values, onChange: adding.type, saving, onOpen, onRetry: retry }
  switch (step.at) {
    case 'address':
    case 'asking':
    case 'refused':
      return <AddressStep adding={adding} formId={formId} />
    case 'recognising':
      return <Recognising host={host} />
    case 'waiting':
      return <WaitingStep why={step.why} opened={step.opened} host={host} />
    case 'recognised':
      return step.recognition.existing.some(({ sameUser }) => sameUser) ? (
        <>
          <StoredAccounts existing={step.recognition.existing} onOpen={onOpen} />
          <RecognisedFacts recognition={step.recognition} />
        </>
      ) : (
        <RecognisedForm key={step.recognition.draftId} recognition={step.recognition} {...form} />
      )
    case 'by-hand':
      return <ManualForm {...form} {...(step.failure ? { failure: step.failure } : {})} />
  }
}
