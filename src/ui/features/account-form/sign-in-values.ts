import type { Failure } from '@/src/domain/failure'

/** What a person types to sign in. */
export interface SignInValues {
  readonly login: string
  readonly password: string
  /** Of the second factor. */
  readonly code: string
}

/** Why a value is not acceptable; the words are in the locale files under `sign-in.error`. */
export type SignInError = 'login-missing' | 'password-missing' | 'not-accepted' | CodeError

type CodeError = 'code-missing' | 'code-length' | 'code-not-accepted'

export type SignInErrors = Partial<Record<keyof SignInValues, SignInError>>

export const EMPTY_SIGN_IN: SignInValues = { login: '', password: '', code: '' }

/** In the order the fields stand on the screen. */
const FIELDS = ['login', 'password', 'code'] as const

export function checkSignIn(values: SignInValues, asksCode: boolean): SignInErrors {
  const code = asksCode ? checkCode(values.code.trim()) : null
  return {
    ...(values.login.trim() === '' ? { login: 'login-missing' } : {}),
    ...(values.password === '' ? { password: 'password-missing' } : {}),
    ...(code ? { code } : {}),
  }
}

function checkCode(code: string): CodeError | null {
  if (code === '') return 'code-missing'
  return code.length < 4 || code.length > 16 ? 'code-length' : null
}

/** What the site said, at the field a person can change. */
export function errorsOfSignIn(failure: Failure | null): SignInErrors {
  if (failure?.class === 'login') return { password: 'not-accepted' }
  const isCode = failure?.class === 'proof' && failure.reason === 'totp-invalid-code'
  return isCode ? { code: 'code-not-accepted' } : {}
}

export function wrongSignInField(errors: SignInErrors): keyof SignInValues | null {
  return FIELDS.find((field) => errors[field] !== undefined) ?? null
}
