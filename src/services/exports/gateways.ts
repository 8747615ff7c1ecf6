import type { GatewayKind, GatewayRecord, GatewayView } from '@/src/domain/export-record'
import { raise } from '@/src/domain/failure'
import { parseGatewayAddress } from '@/src/domain/gateway-address'
import { newId } from '@/src/domain/ids'
import type { Vault } from '@/src/storage/vault'

interface GatewayPorts {
  readonly vault: Pick<Vault, 'load' | 'loadAll' | 'write' | 'exclusive'>
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly announce: () => void
  readonly now: () => number
}

/** What a person types about a gateway. */
interface GatewayForm {
  readonly id?: string | undefined
  readonly kind: GatewayKind
  readonly name: string
  readonly address: string
  /** Absent with an id: the stored one stays. */
  readonly secret?: string | undefined
}

/** The gateways the user has told us of. */
export interface Gateways {
  list(): Promise<GatewayView[]>
  /** @throws `not-found`/`gateway` */
  get(id: string): Promise<GatewayRecord>
  /**
   * @throws `input`: field `address` as `parseGatewayAddress`, or `duplicate`; field `secret`,
   *   `gateway-key-characters` (no header could carry it) or `gateway-key-again` (the stored key
   *   belongs to another origin and is not sent to this one unasked).
   */
  save(form: GatewayForm): Promise<string>
  remove(id: string): Promise<void>
}

export function createGateways({ vault, hasAccess, announce, now }: GatewayPorts): Gateways {
  const get: Gateways['get'] = async (id) =>
    (await vault.load('gateways', id)) ?? raise({ class: 'not-found', reason: 'gateway' })
  return {
    get,
    async list() {
      const { records } = await vault.loadAll('gateways')
      const views = records.map(async ({ id, kind, name, address, secret }) => ({
        id,
        kind,
        name,
        address,
        hasSecret: secret !== '',
        granted: await hasAccess(new URL(address).origin),
      }))
      return Promise.all(views)
    },
    async save(form) {
      const { address, token } = parseGatewayAddress(form.kind, form.address)
      const typed = secretIn(form.secret || token || form.secret)
      const id = form.id ?? newId('gate')
      await vault.exclusive(async () => {
        const known = form.id === undefined ? undefined : await get(form.id)
        await refuseDuplicate(vault, { id, kind: form.kind, address })
        const put = {
          id,
          kind: form.kind,
          name: form.name.trim() || new URL(address).host,
          address,
          secret: typed ?? keptSecret(known, address),
          createdAtMs: known?.createdAtMs ?? now(),
        }
        await vault.write([{ store: 'gateways', put }])
      })
      announce()
      return id
    },
    async remove(id) {
      await vault.write([{ store: 'gateways', remove: id }])
      announce()
    },
  }
}

/** Visible ASCII: what goes into a header as it is. */
function secretIn(typed: string | undefined): string | undefined {
  const secret = typed?.trim()
  if (secret === undefined || /^[\x20-\x7e]*$/.test(secret)) return secret
  return raise({ class: 'input', reason: 'gateway-key-characters', field: 'secret' })
}

function keptSecret(known: GatewayRecord | undefined, address: string): string {
  if (!known || known.secret === '') return ''
  if (new URL(known.address).origin === new URL(address).origin) return known.secret
  return raise({ class: 'input', reason: 'gateway-key-again', field: 'secret' })
}

async function refuseDuplicate(
  vault: GatewayPorts['vault'],
  { id, kind, address }: Pick<GatewayRecord, 'id' | 'kind' | 'address'>,
): Promise<void> {
  const { records } = await vault.loadAll('gateways')
  const isOther = (one: GatewayRecord) =>
    one.id !== id && one.kind === kind && one.address === address
  if (records.some(isOther)) raise({ class: 'input', reason: 'duplicate', field: 'address' })
}
