import type { KeyRow, SubscriptionRow, Sub2ApiState, UserRow } from './state'

/** The user with that e-mail, as the login compares it. */
export function findUserByEmail(state: Sub2ApiState, email: string): UserRow | undefined {
  const wanted = email.trim().toLowerCase()
  return [...state.users.values()].find((user) => user.email.toLowerCase() === wanted)
}

/** The user of that name or e-mail, for tests. Throws when there is none. */
export function userNamed(state: Sub2ApiState, name: string): UserRow {
  const byName = [...state.users.values()].find((user) => user.username === name && name !== '')
  const user = byName ?? findUserByEmail(state, name)
  if (user === undefined) throw new Error(`no such user: ${name}`)
  return user
}

/** The user's keys, newest first. */
export function keysOf(state: Sub2ApiState, userId: number): KeyRow[] {
  return [...state.keys.values()]
    .filter((key) => key.userId === userId)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id)
}

/** The user's subscription to a group that is good now. */
export function activeSubscription(
  state: Sub2ApiState,
  { userId, groupId, nowMs }: { userId: number; groupId: number; nowMs: number },
): SubscriptionRow | undefined {
  return state.subscriptions.find(
    (row) =>
      row.userId === userId &&
      row.groupId === groupId &&
      row.status === 'active' &&
      row.expiresAtMs > nowMs,
  )
}
