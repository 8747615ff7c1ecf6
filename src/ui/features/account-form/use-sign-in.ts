import { useState } from 'react'

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

export interface SignInSite {
  readonly origin: string
  readonly siteType: SiteType
  /** Where the first wrong field is looked for. */
  readonly form: HTMLFormElement | null
}

export interface SignIn {
  readonly values: SignInValues
  readonly errors: SignInErrors
  /** Why the last try failed, unless a field says so. */
  readonly failure: Failure | null
  readonly busy: boolean
  /** The site wants the code of a second factor. */
  readonly asksCode: boolean
  readonly change: (edit: Partial<SignInValues>) => void
  /** To be called first in a submit handler. `null` = not sent, or nobody waits any more. */
  readonly submit: (site: SignInSite) => Promise<Result<Recognition> | null>
  /** Forgets what was typed. */
  readonly forget: () => void
}

const AT_START = {
  values: EMPTY_SIGN_IN,
  checked: false,
  asksCode: false,
  failure: null as Failure | null,
  busy: false,
}

/** Signing in for a session of our own. What is typed lives here alone, and only until it worked. */
export function useSignIn(): SignIn {
  const [state, setState] = useState(AT_START)
  const latest = useLatest()
  const { values, checked, asksCode, failure, busy } = state
  const told = errorsOfSignIn(failure)
  const wrong = checkSignIn(values, asksCode)

  function update(edit: Partial<typeof AT_START>): void {
    setState((before) => ({ ...before, ...edit }))
  }

  function forget(): void {
    latest.start()
    setState(AT_START)
  }

  async function submit(site: SignInSite): Promise<Result<Recognition> | null> {
    const first = wrongSignInField(wrong)
    if (first) {
      update({ checked: true })
      focusField(site.form, first)
      return null
    }
    const isLatest = latest.start()
    const asked = signInAt(site, values, isLatest)
    update({ checked: false, failure: null, busy: true })
    const done = await asked
    if (!isLatest()) return null
    if (done.ok) {
      forget()
      return done
    }
    setState((before) => ({
      ...before,
      // A code is good for one try.
      values: { ...before.values, code: '' },
      failure: done.failure,
      asksCode: before.asksCode || isQuestion(done.failure),
      busy: false,
    }))
    focusField(site.form, wrongSignInField(errorsOfSignIn(done.failure)) ?? '')
    return done
  }

  return {
    values,
    errors: { ...(checked ? wrong : {}), ...told },
    failure: wrongSignInField(told) || isQuestion(failure) ? null : failure,
    busy,
    asksCode,
    change: (edit) => {
      setState((before) => ({ ...before, failure: null, values: { ...before.values, ...edit } }))
    },
    submit,
    forget,
  }
}

/** Asks the browser first: it shows its question only inside the gesture. */
async function signInAt(
  { origin, siteType }: SignInSite,
  { login, password, code }: SignInValues,
  isWanted: () => boolean,
): Promise<Result<Recognition>> {
  const granted = await requestSiteAccess(origin).catch(() => false)
  if (!granted) return failed({ class: 'access', reason: 'not-granted' })
  if (!isWanted()) return failed({ class: 'cancelled' })
  const answer = await send('sites.signIn', {
    origin,
    siteType,
    login: login.trim(),
    password,
    ...(code.trim() === '' ? {} : { code: code.trim() }),
  })
  if (!answer.ok) return answer
  const { recognition, failure = { class: 'internal' } } = answer.value
  return recognition ? ok(recognition) : failed(failure)
}

/** A code asked for is the next step, not a failure. */
function isQuestion(failure: Failure | null): boolean {
  return failure?.class === 'proof' && failure.reason === 'second-factor'
}
