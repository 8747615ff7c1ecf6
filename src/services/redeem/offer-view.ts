import { automationOf } from '@/src/domain/account'
import { type CodeOffer, type CodeState, maskCode, type SentCode } from '@/src/domain/redemption'

import type { RedeemPorts } from './ports'
import { redeemable } from './redeemable'
import { sentCodeId } from './sent-code'

/** Codes as they wait. */
export interface OfferedCodes {
  readonly id: string
  /** Of the page they were found at; absent = pasted, or not known. */
  readonly origin?: string
  readonly codes: readonly string[]
}

export type ViewPorts = Pick<RedeemPorts, 'vault' | 'book' | 'descriptions'>

/** What says most of a code comes first: a code that is invalid at one site may be another's. */
const TELLING: readonly CodeState[] = [
  'redeemed',
  'sending',
  'unknown',
  'used',
  'expired',
  'refused',
  'needs-you',
  'limited',
  'failed',
  'invalid',
]

/** An offer as pages show it: masked, with what is known already and who may redeem it. */
export async function viewOffer(ports: ViewPorts, offer: OfferedCodes): Promise<CodeOffer> {
  const rows = [...(await redeemable(ports)).values()]
  const fitting = offer.origin === undefined ? new Set<string>() : await fitsOf(ports, offer.origin)
  const accounts = rows.map(({ id }) => ({ accountId: id, fits: fitting.has(id) }))
  const origins = [...rows.map(({ origin }) => origin), offer.origin ?? '']
  return {
    id: offer.id,
    ...(offer.origin === undefined ? {} : { origin: offer.origin }),
    codes: await viewCodes(ports, offer, new Set(origins)),
    accounts: [...accounts.filter(({ fits }) => fits), ...accounts.filter(({ fits }) => !fits)],
  }
}

/** Accounts of the page's own host, and those whose check-in page is there. */
async function fitsOf({ book }: ViewPorts, origin: string): Promise<Set<string>> {
  const here = new URL(origin).host
  const pages = await book.pages()
  const fitting = pages.filter(({ account }) =>
    [account.decided.origin, automationOf(account).checkInUrl].some(
      (address) => URL.canParse(address) && new URL(address).host === here,
    ),
  )
  return new Set(fitting.map(({ account }) => account.id))
}

async function viewCodes(
  { vault }: ViewPorts,
  { codes, origin }: OfferedCodes,
  origins: ReadonlySet<string>,
): Promise<CodeOffer['codes']> {
  const { records } = await vault.loadAll('sentCodes')
  const sent = new Map(records.map((one) => [one.id, one]))
  const knownAt = async (code: string, at: string) =>
    // Most of the time nothing was sent at all: no digest is made then.
    sent.size === 0 ? undefined : sent.get(await sentCodeId(at, code))
  return Promise.all(
    codes.map(async (code) => {
      const all = await Promise.all([...origins].map((one) => knownAt(code, one)))
      const here = origin === undefined ? undefined : await knownAt(code, origin)
      const known = here ?? mostTelling(all)
      return {
        masked: maskCode(code),
        ...(known ? { known: known.state, knownAtMs: known.atMs } : {}),
      }
    }),
  )
}

function mostTelling(all: readonly (SentCode | undefined)[]): SentCode | undefined {
  return TELLING.flatMap((state) => all.find((one) => one?.state === state) ?? [])[0]
}

/** Codes that redeeming at this origin may still make something of. */
export async function openCodes(
  { vault }: Pick<ViewPorts, 'vault'>,
  codes: readonly string[],
  origin: string,
): Promise<string[]> {
  const open = await Promise.all(
    codes.map(async (code) => {
      const known = await vault
        .load('sentCodes', await sentCodeId(origin, code))
        .catch(() => undefined)
      return known && OVER.has(known.state) ? [] : [code]
    }),
  )
  return open.flat()
}

const OVER: ReadonlySet<CodeState> = new Set(['redeemed', 'used', 'expired', 'sending'])
