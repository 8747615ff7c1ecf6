import type { KeyRef } from '@/src/domain/api-key'
import { type Failure, failed, ok, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { assertWhole, isWholeKey } from '@/src/domain/whole-key'
import { createSingleFlight } from '@/src/net/single-flight'
import type { Change } from '@/src/storage/vault'

import type { Families } from './families'
import { type Listing, printsOf } from './listing'
import { addSecrets } from './merge'
import type { KeyPorts } from './ports'
import type { SecondFactor } from './second-factor'
import type { KeyShelf } from './shelf'

/** Only a new key can help: the site showed the text once, or never shows it. */
export const KEY_LOST: Failure = { class: 'unsupported', reason: 'key-lost' }

export interface RevealOptions {
  /** Written together with the texts: told which keys were shown. */
  readonly also?: (shown: ReadonlySet<string>) => readonly Change[]
  readonly signal?: AbortSignal | undefined
}

/** Full texts of keys. */
export interface Reveals {
  /**
   * The full key: the stored one, or asked for at the site, once however many want it.
   *
   * @throws `unsupported`/`key-lost`, `proof`, `limit`, `not-found`/`key` or what the site said. A
   *   masked text is never returned.
   */
  secretOf(ref: KeyRef, signal?: AbortSignal): Promise<string>
  /** What is stored of a key. */
  known(ref: KeyRef): Promise<string | undefined>
  /**
   * Asks for these keys in one call and stores what was shown. Who is being asked for already is
   * waited for first.
   *
   * @returns ids that are known now.
   */
  ask(
    accountId: string,
    keyIds: readonly string[],
    options?: RevealOptions,
  ): Promise<Result<ReadonlySet<string>>>
}

const nameOf = ({ accountId, keyId }: KeyRef): string => JSON.stringify([accountId, keyId])

export function createReveals(
  ports: KeyPorts,
  parts: {
    readonly shelf: KeyShelf
    readonly families: Families
    readonly listing: Listing
    readonly secondFactor: SecondFactor
  },
): Reveals {
  const { shelf, families, listing } = parts
  const flights = createSingleFlight<string>()
  /** Keys a call is under way for. */
  const asked = new Map<string, Promise<Result<ReadonlyMap<string, string>>>>()

  async function known({ accountId, keyId }: KeyRef): Promise<string | undefined> {
    const { list, secrets } = await shelf.of(accountId)
    const isListed = list?.keys.some(({ id }) => id === keyId) ?? false
    const text = isListed ? secrets?.secrets[keyId]?.text : undefined
    return text !== undefined && isWholeKey(text) ? text : undefined
  }

  async function callSite(
    accountId: string,
    keyIds: readonly string[],
    { also, signal }: RevealOptions,
  ): Promise<Result<ReadonlyMap<string, string>>> {
    let result = await revealOnce(ports, parts.secondFactor, { accountId, keyIds, signal })
    if (!result.ok && canBeProven(result.failure)) {
      const isProven = await parts.secondFactor.proveByItself(accountId)
      if (isProven) {
        result = await revealOnce(ports, parts.secondFactor, { accountId, keyIds, signal })
      }
    }
    if (!result.ok) return result
    const texts = new Map([...result.value].filter(([, text]) => isWholeKey(text)))
    const prints = await printsOf(texts.values())
    await shelf.change(
      accountId,
      (held) => addSecrets(accountId, held, texts, prints, ports.now()),
      () => also?.(new Set(texts.keys())) ?? [],
    )
    return ok(texts)
  }

  function fly(accountId: string, keyIds: readonly string[], options: RevealOptions) {
    const flight = settle(() => callSite(accountId, keyIds, options)).then(unwrapNested)
    const names = keyIds.map((keyId) => nameOf({ accountId, keyId }))
    for (const name of names) asked.set(name, flight)
    void flight.finally(() => {
      for (const name of names) asked.delete(name)
    })
    return flight
  }

  async function findSecret(ref: KeyRef, signal?: AbortSignal): Promise<string> {
    const { accountId, keyId } = ref
    const row = await families.row(accountId)
    const text = (await known(ref)) ?? (asked.has(nameOf(ref)) ? undefined : await listed(ref, row))
    if (text !== undefined) return text
    // Looked at again: somebody may have asked in the meantime.
    const flight = asked.get(nameOf(ref)) ?? fly(accountId, [keyId], { signal })
    return unwrap(await flight).get(keyId) ?? raise({ class: 'not-found', reason: 'key' })
  }

  /** The text of a family whose lists have it; throws where no call could bring another's. */
  async function listed(ref: KeyRef, row: GlanceRow): Promise<string | undefined> {
    const adapter = families.adapterFor(row.siteType)
    const features = await families.features(row.id)
    if (features.secret === 'once') return raise(KEY_LOST)
    if (features.secret === 'listed') {
      unwrap(await listing.listNow(ref.accountId))
      const text = await known(ref)
      if (text !== undefined) return text
    }
    return adapter.keys?.reveal ? undefined : raise(KEY_LOST)
  }

  return {
    known,
    async secretOf(ref, signal) {
      const find = (shared: AbortSignal) => findSecret(ref, shared)
      const result = await settle(() => flights.run(nameOf(ref), find, signal))
      return assertWhole(unwrap(result))
    },
    async ask(accountId, keyIds, options = {}) {
      const under = keyIds.flatMap((keyId) => asked.get(nameOf({ accountId, keyId })) ?? [])
      await Promise.all(under)
      const texts = await Promise.all(keyIds.map((keyId) => known({ accountId, keyId })))
      const open = keyIds.filter((_, at) => texts[at] === undefined)
      const done = new Set(keyIds.filter((id) => !open.includes(id)))
      if (open.length === 0) return ok(done)
      const result = await fly(accountId, open, options)
      return result.ok ? ok(new Set([...done, ...result.value.keys()])) : result
    },
  }
}

interface Question {
  readonly accountId: string
  readonly keyIds: readonly string[]
  readonly signal?: AbortSignal | undefined
}

function revealOnce(
  ports: KeyPorts,
  secondFactor: SecondFactor,
  { accountId, keyIds, signal }: Question,
): Promise<Result<ReadonlyMap<string, string>>> {
  // Taken once: a login that is renewed asks a second time, with the same proof.
  const proof = secondFactor.takeProof(accountId)
  return ports.asAccount(
    accountId,
    ({ adapter, ctx, access, generation }) => {
      const reveal = adapter.keys?.reveal
      if (!reveal) return Promise.resolve(failed(KEY_LOST))
      return reveal(ctx, access, keyIds, { generation, proof, atOnce: keyIds.length })
    },
    signal,
  )
}

/** An access token can answer no question for a second factor. */
function canBeProven({ class: kind, reason }: Failure): boolean {
  return kind === 'proof' && reason !== 'browser-login-needed'
}

function unwrapNested<T>(result: Result<Result<T>>): Result<T> {
  return result.ok ? result.value : result
}
