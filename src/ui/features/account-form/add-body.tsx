import type { LoginWay, Recognition } from '@/src/domain/recognition'

import { AddressStep } from './address-step'
import { hostIn, originIn } from './draft'
import { ManualForm } from './manual-form'
import { RecognisedFacts } from './recognised-facts'
import { RecognisedForm } from './recognised-form'
import { Recognising } from './recognising'
import { StoredAccounts } from './stored-accounts'
import type { Adding } from './use-add-account'
import type { Saving } from './use-saving'
import type { SignIn } from './use-sign-in'
import { WaitingStep } from './waiting-step'

interface Props {
  adding: Adding
  saving: Saving
  signIn: SignIn
  formId: string
  /** Shows an account that is stored already. */
  onOpen: (id: string) => void
  onAdded: (id: string) => void
}

/** The step adding an account is at. */
export function AddBody({ adding, saving, signIn, formId, onOpen, onAdded }: Props) {
  const { step, draft, looked } = adding.state
  const host = hostIn(draft.values.origin)
  const origin = originIn(draft.values.origin)

  function retry(): void {
    saving.reset()
    if (origin === null) adding.goBack()
    else void adding.askAccessAndRecognise(origin, looked.chosenType)
  }

  switch (step.at) {
    case 'address':
    case 'asking':
    case 'refused':
      return <AddressStep adding={adding} formId={formId} onOpen={onOpen} />
    case 'recognising':
      return <Recognising host={host} />
    case 'waiting':
      return (
        <WaitingStep
          why={step.why}
          opened={step.opened}
          host={host}
          detected={looked.detected}
          onSignIn={adding.enterSignIn}
        />
      )
    case 'recognised':
      return (
        <Recognised
          {...{ adding, saving, formId, onOpen, onAdded }}
          recognition={step.recognition}
          onRetry={onlyBy(step.recognition, 'own-session') ? adding.enterSignIn : retry}
        />
      )
    case 'by-hand':
      return (
        <ManualForm
          {...{ step, adding, saving, signIn, formId, onOpen, onAdded }}
          onRetry={retry}
        />
      )
  }
}

interface RecognisedProps extends Omit<Props, 'signIn'> {
  recognition: Recognition
  onRetry: () => void
}

/** A user found at the site: a new account, or one that is stored already. */
function Recognised({ recognition, adding, saving, onOpen, ...rest }: RecognisedProps) {
  const override: Parameters<typeof RecognisedFacts>[0]['onOverride'] = (type) => {
    saving.reset()
    void adding.askAccessAndRecognise(recognition.origin, type)
  }
  return recognition.existing.some(({ sameUser }) => sameUser) ? (
    <div className="flex flex-col gap-4">
      <StoredAccounts existing={recognition.existing} onOpen={onOpen} />
      <RecognisedFacts recognition={recognition} onOverride={override} />
    </div>
  ) : (
    <RecognisedForm
      key={recognition.draftId}
      recognition={recognition}
      values={adding.state.draft.values}
      onChange={adding.type}
      saving={saving}
      onOpen={onOpen}
      onOverride={override}
      {...rest}
    />
  )
}

function onlyBy({ ways }: Recognition, way: LoginWay): boolean {
  return ways.every((one) => one === way)
}
