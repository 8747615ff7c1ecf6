import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { originIn } from './draft'
import type { Adding } from './use-add-account'
import { useFittedDraft } from './use-fitted-draft'
import type { Saving } from './use-saving'
import type { SignIn } from './use-sign-in'
import { WaitingActions } from './waiting-actions'

interface Props {
  adding: Adding
  saving: Saving
  signIn: SignIn
  formId: string
  onClose: () => void
}

/** The way on from each step, the likeliest one last. */
export function AddFooter({ adding, saving, signIn, formId, onClose }: Props) {
  const { t } = useTranslation('account-form')
  const { step, draft } = adding.state
  const byHand = (
    <Button variant="ghost" onClick={adding.enterByHand}>
      {t('action.by-hand')}
    </Button>
  )
  switch (step.at) {
    case 'address':
    case 'asking':
    case 'refused':
      return (
        <>
          {byHand}
          <Button variant="primary" type="submit" form={formId} busy={step.at === 'asking'}>
            {t(step.at === 'refused' ? 'action.ask-again' : 'action.recognise')}
          </Button>
        </>
      )
    case 'recognising':
      return byHand
    case 'waiting':
      return (
        <WaitingActions step={step} origin={originIn(draft.values.origin) ?? ''} adding={adding} />
      )
    case 'recognised':
      return step.recognition.existing.some(({ sameUser }) => sameUser) ? (
        <Button onClick={onClose}>{t('action.close')}</Button>
      ) : (
        <>
          {byHand}
          <SaveButton formId={formId} busy={saving.busy} />
        </>
      )
    case 'by-hand':
      return <ManualActions {...{ adding, saving, signIn, formId }} />
  }
}

function SaveButton({ formId, busy }: { formId: string; busy: boolean }) {
  const { t } = useTranslation('account-form')
  return (
    <Button variant="primary" type="submit" form={formId} busy={busy}>
      {t(busy ? 'action.adding' : 'action.add')}
    </Button>
  )
}

function ManualActions({ adding, saving, signIn, formId }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation('account-form')
  const { values } = useFittedDraft(adding.state.draft)
  return (
    <>
      <Button
        variant="ghost"
        onClick={() => {
          signIn.forget()
          adding.goBack()
        }}
      >
        {t('action.back')}
      </Button>
      {values.method === 'session' ? (
        <Button variant="primary" type="submit" form={formId} busy={signIn.busy}>
          {t(signIn.busy ? 'action.signing-in' : 'action.sign-in')}
        </Button>
      ) : (
        <SaveButton formId={formId} busy={saving.busy} />
      )}
    </>
  )
}
