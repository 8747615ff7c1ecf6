import * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'
import { chosenCodes, findCodes } from '@/src/domain/code-text'
import { isOrigin } from '@/src/domain/origin'
import { once } from '@/src/domain/once'
import { type CodeOffer, MOST_CODES } from '@/src/domain/redemption'
import type { SessionSlot } from '@/src/platform/session-store'
import { createTurns } from '@/src/storage/turns'

import { type OfferedCodes, openCodes, viewOffer, type ViewPorts } from './offer-view'

/** Codes that were found and wait for the user's word: in memory, until the browser closes. */
export interface CodeOffers {
  /** Makes an offer of what is in a pasted text. */
  paste(text: string, loose: boolean): Promise<CodeOffer>
  /** What came from outside last; `null` = nothing waits. */
  offered(): Promise<CodeOffer | null>
  /** Codes from a page, by the user's click there: takes the place of what waited. */
  put(codes: readonly string[], origin: string): Promise<void>
  /** Those of these codes of which it is not known that redeeming them there is pointless. */
  open(codes: readonly string[], origin: string): Promise<string[]>
  decline(offerId: string): Promise<void>
  /** The picked codes of an offer. @throws `not-found`/`offer`, `input`/`picks` */
  codesOf(offerId: string, picks: readonly number[]): Promise<string[]>
}

export interface OfferPorts extends ViewPorts {
  readonly slots: { readonly offered: SessionSlot; readonly pasted: SessionSlot }
  readonly announce: (event: { readonly topic: 'redeem' }) => void
}

/** Pasted texts whose pages may still ask: a few, for there may be several pages. */
const MOST_PASTED = 8

const rawOfferSchema = once(() =>
  z.object({
    id: z.string(),
    origin: z.optional(z.string().check(z.refine(isOrigin))),
    text: z.optional(z.string()),
    codes: z.optional(z.array(z.string())),
  }),
)

const pastedSchema = once(() => z.array(z.object({ id: z.string(), codes: z.array(z.string()) })))

export function createCodeOffers(ports: OfferPorts): CodeOffers {
  const { slots } = ports
  const turns = createTurns()

  async function outside(): Promise<OfferedCodes | null> {
    const raw = rawOfferSchema().safeParse(await slots.offered.load())
    if (!raw.success) return null
    const { id, origin, text = '', codes = chosenCodes(text, MOST_CODES) } = raw.data
    return { id, codes, ...(origin === undefined ? {} : { origin }) }
  }

  async function pasted(): Promise<OfferedCodes[]> {
    const stored = pastedSchema().safeParse(await slots.pasted.load())
    return stored.success ? stored.data : []
  }

  async function become(offer: OfferedCodes | null): Promise<void> {
    await slots.offered.save(offer)
    ports.announce({ topic: 'redeem' })
  }

  return {
    async paste(text, loose) {
      const offer = { id: crypto.randomUUID(), codes: findCodes(text, { loose, most: MOST_CODES }) }
      await turns.take(async () => {
        await slots.pasted.save([offer, ...(await pasted())].slice(0, MOST_PASTED))
      })
      return viewOffer(ports, offer)
    },
    async offered() {
      const offer = await outside()
      return offer && viewOffer(ports, offer)
    },
    put: (codes, origin) => become({ id: crypto.randomUUID(), origin, codes }),
    open: (codes, origin) => openCodes(ports, codes, origin),
    async decline(offerId) {
      if ((await outside())?.id === offerId) return become(null)
      await turns.take(async () => {
        await slots.pasted.save((await pasted()).filter(({ id }) => id !== offerId))
      })
    },
    async codesOf(offerId, picks) {
      const all = [await outside(), ...(await pasted())]
      const offer = all.find((one) => one?.id === offerId)
      if (!offer) return raise({ class: 'not-found', reason: 'offer' })
      const codes = picks.map((at) => offer.codes[at])
      if (codes.includes(undefined)) raise({ class: 'input', reason: 'malformed', field: 'picks' })
      return codes.filter((code) => code !== undefined)
    },
  }
}
