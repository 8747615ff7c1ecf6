import { parseTotpSecret, totpCode } from '@/src/crypto/totp'
import { type Failure, raise, type Result, settle } from '@/src/domain/failure'
import type { AccountSite } from '../as-account'
import type { SecurityProof } from '@/src/sites/adapter'
import type { FullAdapter } from '@/src/sites/adapter'

import type { KeyPorts } from './ports'

/** Servers lock an account for 300 s after 5 wrong codes (`contracts/new-api.md 10.1`). */
const MOST_WRONG = 3
const PAUSE_MS = 300_000

/** Answers to sites that ask for a second factor, and the stored secrets that make them. */
export interface SecondFactor {
  /**
   * Keeps a secret, or with `null` forgets it.
   *
   * @throws `input` (field `secret`), `not-found`/`account`
   */
  save(accountId: string, secret: string | null): Promise<void>
  /** Accounts that have a stored secret. */
  accounts(): Promise<string[]>
  /**
   * Answers the site, by `code` or by one made from the stored secret; what it gave is kept for
   * {@link takeProof}.
   *
   * @throws `proof`/`totp-invalid-code`; `limit`/`totp-too-many-attempts` after three wrong codes in
   *   a row; `input`/`required` (field `code`) where there is neither code nor secret.
   */
  prove(accountId: string, code?: string): Promise<void>
  /** As {@link prove} by the stored secret; whether it worked. Once per code, and never in a loop. */
  proveByItself(accountId: string): Promise<boolean>
  /** A proof that still counts. One by token is good for one call and is not given twice. */
  takeProof(accountId: string): SecurityProof | undefined
}

export function createSecondFactor(ports: KeyPorts): SecondFactor {
  const { vault, now } = ports
  const proofs = new Map<string, SecurityProof>()
  const wrong = new Map<string, { count: number; atMs: number }>()
  /** The last code made for an account: a server takes none twice. */
  const used = new Map<string, string>()

  function refuseAfterTooMany(accountId: string): void {
    const { count = 0, atMs = 0 } = wrong.get(accountId) ?? {}
    const retryAtMs = atMs + PAUSE_MS
    if (count < MOST_WRONG) return
    if (retryAtMs > now()) raise({ class: 'limit', reason: 'totp-too-many-attempts', retryAtMs })
    wrong.delete(accountId)
  }

  async function madeCode(accountId: string): Promise<string | undefined> {
    const record = await vault.load('totp', accountId)
    return record && totpCode(record.secret, now())
  }

  /** Counts a wrong code; throws when it was one too many. */
  function noteWrong(accountId: string): void {
    wrong.set(accountId, { count: (wrong.get(accountId)?.count ?? 0) + 1, atMs: now() })
    refuseAfterTooMany(accountId)
  }

  async function prove(accountId: string, given?: string): Promise<void> {
    refuseAfterTooMany(accountId)
    const code = given?.trim() || (await madeCode(accountId))
    if (!code) raise({ class: 'input', reason: 'required', field: 'code' })
    used.set(accountId, code)
    const result = await ports.asAccount(accountId, (site) => answer(site, code))
    if (!result.ok) {
      const failure = wrongCode(result.failure)
      if (failure) noteWrong(accountId)
      raise(failure ?? result.failure)
    }
    proofs.set(accountId, result.value)
    wrong.delete(accountId)
  }

  return {
    async save(accountId, secret) {
      const record = secret === null ? null : { id: accountId, secret: parseTotpSecret(secret) }
      await vault.exclusive(async () => {
        const account = await vault.load('accounts', accountId)
        if (!account) raise({ class: 'not-found', reason: 'account' })
        await vault.write([
          record ? { store: 'totp', put: record } : { store: 'totp', remove: accountId },
        ])
      })
      wrong.delete(accountId)
      ports.announce({ topic: 'keys' })
    },
    async accounts() {
      const { records } = await vault.loadAll('totp')
      return records.map(({ id }) => id)
    },
    prove,
    async proveByItself(accountId) {
      const code = await madeCode(accountId)
      if (code === undefined || code === used.get(accountId)) return false
      return (await settle(() => prove(accountId, code))).ok
    },
    takeProof(accountId) {
      const proof = proofs.get(accountId)
      const counts = proof !== undefined && proof.expiresAtMs > now()
      if (!counts || proof.token !== null) proofs.delete(accountId)
      return counts ? proof : undefined
    },
  }
}

async function answer(
  { adapter, ctx, access, generation }: AccountSite<FullAdapter>,
  code: string,
): Promise<Result<SecurityProof>> {
  const prove = adapter.keys?.prove
  if (!prove) return raise({ class: 'unsupported', reason: 'no-second-factor' })
  return prove(ctx, access, code, generation)
}

/** A refusal of a code as the failure of a code; `null` = something else went wrong. */
function wrongCode({ class: kind, reason, ...rest }: Failure): Failure | null {
  // New API says no more than that the verification failed (`contracts/new-api.md 10`).
  const isWrong = kind === 'refused' || reason === 'totp-invalid-code'
  return isWrong ? { ...rest, class: 'proof', reason: 'totp-invalid-code' } : null
}
