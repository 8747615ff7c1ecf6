import { type RefObject, useRef, useState } from 'react'

import { type Failure, failed, ok, type Result } from '@/src/domain/failure'
import type { Recognition } from '@/src/domain/recognition'
import type { SiteType } from '@/src/domain/site-type'
import { send } from '@/src/messaging/client'
import { requestSiteAccess } from '@/src/platform/site-access'

import { focusField } from './focus-field'
import {
  checkSignIn,
  EMPTY_SIGN_IN,
  errorsOfSignIn,
  type SignInErrors,
  type SignInValues,
  wrongSignInField,
} from './sign-in-values'
import { useLatest } from './use-latest'

export interface SignIn {
  readonly values: SignInValues
  readonly errors: SignInErrors
  /** Why the last try failed, unless a field says so. */
  readonly failure: Failure | null
  readonly busy: boolean
  /** The site wants the code of a second factor. */
  readonly asksCode: boolean
  /** Around the fields: where the first wrong one is looked for. */
  readonly fields: RefObject<HTMLDivElement | null>
  readonly change: (edit: Partial<SignInValues>) => void
  /** To be called first in a submit handler. `null` = not sent, or nobody waits any more. */
  readonly submit: (origin: string, siteType: SiteType) => Promise<Result<Recognition> | null>
  /** Forgets what was typed. */
  readonly forget: () => void
}

/** Signing in for a session of our own. What is typed lives here alone, and only until it worked. */
export function useSignIn(): SignIn {
  const [values, setValues] = useState(EMPTY_SIGN_IN)
  const [checked, setChecked] = useState(false)
  const [asksCode, setAsksCode] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const fields = useRef<HTMLDivElement>(null)
  const latest = useLatest()
  const told = errorsOfSignIn(failure)

  function forget(): void {
    latest.start()
    setValues(EMPTY_SIGN_IN)
    setChecked(false)
    setAsksCode(false)
    setFailure(null)
    setBusy(false)
  }

  function refuse(why: Failure): Result<never> {
    setBusy(false)
    setFailure(why)
    if (why.class === 'proof' && why.reason === 'second-factor') setAsksCode(true)
    // A code is good for one try.
    setValues((before) => ({ ...before, code: '' }))
    focusField(fields.current, wrongSignInField(errorsOfSignIn(why)) ?? '')
    return failed(why)
  }

  async function submit(origin: string, siteType: SiteType): Promise<Result<Recognition> | null> {
    const wrong = wrongSignInField(checkSignIn(values, asksCode))
    setChecked(true)
    if (wrong) {
      focusField(fields.current, wrong)
      return null
    }
    const asked = requestSiteAccess(origin)
    const isLatest = latest.start()
    setFailure(null)
    setChecked(false)
    setBusy(true)
    const granted = await asked.catch(() => false)
    if (!isLatest()) return null
    if (!granted) return refuse({ class: 'access', reason: 'not-granted' })
    const answer = await send('sites.signIn', { origin, siteType, ...inputOf(values) })
    if (!isLatest()) return null
    if (!answer.ok) return refuse(answer.failure)
    const { recognition, failure: why = { class: 'internal' } } = answer.value
    if (!recognition) return refuse(why)
    forget()
    return ok(recognition)
  }

  return {
    values,
    errors: { ...(checked ? checkSignIn(values, asksCode) : {}), ...told },
    failure: wrongSignInField(told) || isQuestion(failure) ? null : failure,
    busy,
    asksCode,
    fields,
    change: (edit) => {
      setFailure(null)
      setValues((before) => ({ ...before, ...edit }))
    },
    submit,
    forget,
  }
}

/** A code asked for is the next step, not a failure. */
function isQuestion(failure: Failure | null): boolean {
  return failure?.class === 'proof' && failure.reason === 'second-factor'
}

function inputOf({ login, password, code }: SignInValues) {
  return { login: login.trim(), password, ...(code.trim() === '' ? {} : { code: code.trim() }) }
}
