import type { ApiKey, KeyDraft } from '@/src/domain/api-key'
import { raise, unwrap } from '@/src/domain/failure'
import { cutToBytes } from '@/src/domain/key-draft'
import type { Settings } from '@/src/domain/settings'

import type { KeyOrder, Made } from './create'
import type { Families } from './families'
import type { Listing } from './listing'
import { type KeyOptions, keyOptions } from './options'
import type { KeyPorts } from './ports'

const DAY_MS = 86_400_000

export interface Ensured {
  readonly made: boolean
  /** The key that is there now; `null` = made, but not to be told from others. */
  readonly keyId: string | null
}

/**
 * The key of the settings for an account without a usable one (features 6.8). A list that is not
 * complete may hide one: then nothing is made.
 *
 * @throws what listing or making fails with; `changed-api`/`list-incomplete`
 */
export async function ensureDefaultKey(
  ports: KeyPorts,
  parts: {
    readonly families: Families
    readonly listing: Listing
    readonly make: (order: KeyOrder) => Promise<Made>
  },
  { accountId, requestId }: { readonly accountId: string; readonly requestId: string },
): Promise<Ensured> {
  const { list } = unwrap(await parts.listing.listNow(accountId))
  const usable = list?.keys.find((key) => isUsable(key, ports.now()))
  if (usable) return { made: false, keyId: usable.id }
  if (!list?.complete) raise({ class: 'changed-api', reason: 'list-incomplete' })
  const { defaultKey } = await ports.settings.load()
  const options = await keyOptions(ports, parts.families, accountId)
  const draft = defaultDraft(defaultKey, options, ports.now())
  const { keyId } = await parts.make({ accountId, draft, requestId })
  return { made: true, keyId }
}

function isUsable({ status, expiresAtMs, remaining }: ApiKey, nowMs: number): boolean {
  if (status !== 'enabled' || (expiresAtMs !== null && expiresAtMs <= nowMs)) return false
  // An amount that is not known may be one.
  return remaining === null || remaining.state === 'unavailable' || remaining.value > 0
}

function defaultDraft(
  { name, limitUsd, days }: Settings['defaultKey'],
  options: KeyOptions,
  nowMs: number,
): KeyDraft {
  const { features, unit, quotaPerUnit } = options
  return {
    name: cutToBytes(name, features.nameBytes),
    remaining:
      limitUsd === null ? null : unit === 'usd' ? limitUsd : Math.round(limitUsd * quotaPerUnit),
    expiresAtMs: days === null ? null : nowMs + days * DAY_MS,
    modelLimits: [],
    ipLimits: [],
    group: features.groups === 'required' ? requiredGroup(options) : '',
  }
}

/** The user's own group needs no name where one can be left out. */
function requiredGroup({ groups, failure }: KeyOptions): string {
  if (groups === null) return raise(failure ?? { class: 'changed-api' })
  const usual = groups.find(({ name }) => name === 'default') ?? groups[0]
  return usual?.name ?? raise({ class: 'input', reason: 'required', field: 'group' })
}
