import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Recognition } from '@/src/domain/recognition'

import { Button } from '../../components/button'
import { waitingFor } from './add-step'
import { SignInFields } from './sign-in-fields'
import { useSignIn } from './use-sign-in'

interface Props {
  row: Pick<GlanceRow, 'origin' | 'siteType'>
  onSignedIn: (found: Recognition) => void
  /** Signing in is only possible in the site's own page. */
  onCaptcha: (failure: Failure) => void
}

/** Signs in for a stored account. */
export function SignInAgain({ row, onSignedIn, onCaptcha }: Props) {
  const { t } = useTranslation('account-form')
  const signIn = useSignIn()

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const { origin, siteType } = row
    const done = await signIn.submit({ origin, siteType, form: event.currentTarget })
    if (done?.ok) onSignedIn(done.value)
    else if (done && waitingFor(done.failure) === 'captcha') onCaptcha(done.failure)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <SignInFields signIn={signIn} host={new URL(row.origin).host} autoFocus />
      <div>
        <Button type="submit" busy={signIn.busy}>
          {t(signIn.busy ? 'action.signing-in' : 'action.sign-in')}
        </Button>
      </div>
    </form>
  )
}
