import { randomBytes } from 'node:crypto'

import type { FailureClass, Result } from '@/src/domain/failure'
import type { Access } from '@/src/sites/adapter'

import { describe, expect } from '../ledger'
import type { Subject } from '../subject'

/** What must not work: somebody else's id, a token nobody was given. */
export async function checkRefusals(
  { ctx, adapter, ledger }: Subject,
  access: Access,
  by: string,
): Promise<void> {
  const stranger = { ...access, userId: strangerTo(access.userId) }
  await ledger.check(`wrong user id is refused (${by})`, async () => {
    const note = expectRefusal(await adapter.fetchFigures(ctx, stranger), ['identity', 'login'])
    return { value: null, note }
  })
  const forged = forge(access)
  if (!forged) return
  const what = access.kind === 'token' ? 'token' : 'session'
  await ledger.check(`invalid ${what} is refused`, async () => {
    const note = expectRefusal(await adapter.fetchFigures(ctx, forged), ['login', 'refused'])
    return { value: null, note }
  })
}

/** @returns the refusal, for a note. @throws Broken when it was none, or not of these classes */
export function expectRefusal(result: Result<unknown>, classes: readonly FailureClass[]): string {
  expect(!result.ok, 'it was accepted')
  const { failure } = result
  expect(classes.includes(failure.class), `unclear answer: ${describe(failure)}`)
  return describe(failure)
}

/** The id of another user: the next number, or a name nobody has. */
function strangerTo(userId: string): string {
  return /^\d+$/.test(userId)
    ? String(BigInt(userId) + 1n)
    : `${userId}-${randomBytes(4).toString('hex')}`
}

/** The same proof with a token that only looks like one; a cookie cannot be made up. */
function forge(access: Access): Access | null {
  switch (access.kind) {
    case 'token':
      return { ...access, accessToken: likeness(access.accessToken) }
    case 'bearer':
      return { ...access, bearer: likeness(access.bearer) }
    case 'cookie':
      return null
  }
}

/** Keeps what tells kinds of tokens apart: the prefix of a key, the claims of a JWT. */
function likeness(token: string): string {
  const jwt = /^(.+\..+\.)[^.]+$/.exec(token)?.[1]
  if (jwt !== undefined) return `${jwt}${randomBytes(32).toString('base64url')}`
  const prefix = /^(?:[a-z0-9]{1,8}-)+/.exec(token)?.[0] ?? ''
  return `${prefix}${randomBytes(16).toString('hex')}`
}
