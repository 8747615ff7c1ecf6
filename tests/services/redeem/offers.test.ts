import { describe, expect, test } from 'vitest'

import { MOST_CODES } from '@/src/domain/redemption'
import type { SessionSlot } from '@/src/platform/session-store'
import { createCodeOffers } from '@/src/services/redeem/offers'
import { redeemHandlers } from '@/src/background/automation/handlers/redeem'

import {
  codeNamed,
  codesNamed,
  redeemWorld,
  type RedeemWorker,
  siteWith,
  startWith,
  unused,
} from './redeem-world'

function memorySlot(): SessionSlot & { value: unknown } {
  return {
    value: undefined,
    // As the browser's: what comes out is a copy.
    load() {
      return Promise.resolve(structuredClone(this.value))
    },
    save(value) {
      this.value = structuredClone(value)
      return Promise.resolve()
    },
  }
}

function offersOf({ ports }: RedeemWorker) {
  const slots = { offered: memorySlot(), pasted: memorySlot() }
  const heard: string[] = []
  const offers = createCodeOffers({
    ...ports,
    slots,
    announce: ({ topic }) => heard.push(topic),
  })
  return { offers, slots, heard }
}

const CODE = codeNamed('code')

describe('an offer', () => {
  test('shows codes masked, and keeps them to itself', async () => {
    const worker = await startWith(await redeemWorld())
    const { offers } = offersOf(worker)
    const other = 'Gift-2026_abcdefghijklmnopqrst=='
    const offer = await offers.paste(`${CODE} (${other})`, true)
    expect(offer).toMatchObject({
      codes: [{ masked: '636f••••0000' }, { masked: 'Gift••••st==' }],
      accounts: [],
    })
    expect(offer.origin).toBeUndefined()
    expect(JSON.stringify(offer)).not.toContain(CODE)
    expect((await offers.paste(other, false)).codes).toEqual([])
    expect(await offers.codesOf(offer.id, [1, 0])).toEqual([other, CODE])
  })

  test('from outside is one: the last one counts, and pasted ones live beside it', async () => {
    const worker = await startWith(await redeemWorld())
    const { offers, heard } = offersOf(worker)
    expect(await offers.offered()).toBeNull()
    const pasted = await offers.paste(CODE, false)
    await offers.put(codesNamed('first', 2), 'https://one.example')
    const first = await offers.offered()
    await offers.put([codeNamed('second')], 'https://two.example')
    const second = await offers.offered()
    expect(second).toMatchObject({ origin: 'https://two.example', codes: [{}] })
    expect(heard).toEqual(['redeem', 'redeem'])
    // A page that still shows the older one cannot make it go, nor redeem it.
    await offers.decline(first?.id ?? '')
    expect((await offers.offered())?.id).toBe(second?.id)
    await expect(offers.codesOf(first?.id ?? '', [0])).rejects.toMatchObject({
      failure: { class: 'not-found', reason: 'offer' },
    })
    await offers.decline(second?.id ?? '')
    expect(await offers.offered()).toBeNull()
    expect(await offers.codesOf(pasted.id, [0])).toEqual([CODE])
    await offers.decline(pasted.id)
    await expect(offers.codesOf(pasted.id, [0])).rejects.toMatchObject({
      failure: { class: 'not-found' },
    })
  })

  test('from the menu is what was selected, looked at when it is asked for', async () => {
    const worker = await startWith(await redeemWorld())
    const { offers, slots } = offersOf(worker)
    const origin = 'https://shop.example'
    slots.offered.value = { id: 'a', origin, text: `take ${CODE} and go` }
    expect(await offers.offered()).toMatchObject({ id: 'a', origin, codes: [{}] })
    expect(await offers.codesOf('a', [0])).toEqual([CODE])
    slots.offered.value = { id: 'b', text: ' WELCOME2026 ' }
    expect(await offers.codesOf('b', [0])).toEqual(['WELCOME2026'])
    slots.offered.value = { id: 'c', origin, text: 'no code in here' }
    expect(await offers.offered()).toMatchObject({ id: 'c', codes: [] })
    slots.offered.value = { id: 'd', text: codesNamed('many', 300).join('\n') }
    expect((await offers.offered())?.codes).toHaveLength(MOST_CODES)
  })

  test.each([7, { id: 3 }, { id: 'x', origin: 'not an origin', text: CODE }, { text: CODE }])(
    'that is none is none: %j',
    async (value) => {
      const worker = await startWith(await redeemWorld())
      const { offers, slots } = offersOf(worker)
      slots.offered.value = value
      slots.pasted.value = value
      expect(await offers.offered()).toBeNull()
      expect((await offers.paste(CODE, false)).codes).toHaveLength(1)
    },
  )

  test('of many pasted texts keeps the last ones', async () => {
    const worker = await startWith(await redeemWorld())
    const { offers } = offersOf(worker)
    const pasted = await Promise.all(
      codesNamed('paste', 10).map((code) => offers.paste(code, false)),
    )
    const kept = await Promise.allSettled(pasted.map(({ id }) => offers.codesOf(id, [0])))
    expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    expect(kept.at(-1)?.status).toBe('fulfilled')
  })

  test('refuses picks that are not in it', async () => {
    const worker = await startWith(await redeemWorld())
    const { offers } = offersOf(worker)
    const { id } = await offers.paste(CODE, false)
    await expect(offers.codesOf(id, [0, 1])).rejects.toMatchObject({
      failure: { class: 'input', field: 'picks' },
    })
  })
})

describe('accounts of an offer', () => {
  test('are those that can redeem; first those of the place', async () => {
    const world = await redeemWorld()
    await world.keys.relay('one', siteWith([]))
    await world.keys.relay('two', siteWith([]))
    await world.keys.relay('three', siteWith([]))
    const worker = await startWith(world, 'one', 'two')
    const [one, two] = worker.accounts
    const account = (name: string, decided: object) =>
      world.keys.account(worker.worker, name, decided)
    const elsewhere = await account('three', {
      checkInUrl: `${world.keys.origin('two')}/sign-in?x=1`,
    })
    await account('three', { userId: '8', disabled: true })
    await account('three', { userId: '9', siteType: 'open-router' })
    const { offers } = offersOf(worker)

    const ids = (offer: Awaited<ReturnType<typeof offers.offered>>, fits: boolean) =>
      offer?.accounts.filter((one) => one.fits === fits).map(({ accountId }) => accountId)
    const pasted = await offers.paste(CODE, false)
    expect(ids(pasted, true)).toEqual([])
    expect(ids(pasted, false)?.sort()).toEqual([one, two, elsewhere].sort())

    await offers.put([CODE], world.keys.origin('two'))
    const offer = await offers.offered()
    expect(ids(offer, true)?.sort()).toEqual([two, elsewhere].sort())
    expect(ids(offer, false)).toEqual([one])
    expect(offer?.accounts.map(({ fits }) => fits)).toEqual([true, true, false])
  })
})

describe('what is known of a code', () => {
  test('is told: of the place it was found at, else what says most', async () => {
    const world = await redeemWorld()
    await world.keys.relay('one', siteWith(unused([CODE])))
    await world.keys.relay('two', siteWith([]))
    const worker = await startWith(world, 'one', 'two')
    const [one = '', two = ''] = worker.accounts
    const { offers } = offersOf(worker)
    expect((await offers.paste(CODE, false)).codes).toEqual([{ masked: '636f••••0000' }])

    await worker.run([CODE], [two])
    const atMs = world.clock.nowMs
    expect((await offers.paste(CODE, false)).codes).toMatchObject([{ known: 'invalid' }])
    await worker.run([CODE], [one])
    expect((await offers.paste(CODE, false)).codes).toMatchObject([{ known: 'redeemed' }])
    await offers.put([CODE], world.keys.origin('two'))
    expect((await offers.offered())?.codes).toMatchObject([{ known: 'invalid', knownAtMs: atMs }])
  })

  test('keeps the card away where nothing more can come of it', async () => {
    const world = await redeemWorld()
    const [good, wrong, fresh] = ['good', 'wrong', 'fresh'].map((name) => codeNamed(name)) as [
      string,
      string,
      string,
    ]
    await world.keys.relay('one', siteWith(unused([good, fresh])))
    const worker = await startWith(world, 'one')
    const { offers } = offersOf(worker)
    await worker.run([good, wrong], worker.accounts)
    const here = world.keys.origin('one')
    expect(await offers.open([good, wrong, fresh], here)).toEqual([wrong, fresh])
    expect(await offers.open([good], 'https://elsewhere.example')).toEqual([good])
  })
})

test('the handlers start what was picked, and the codes wait no more', async () => {
  const world = await redeemWorld()
  const codes = codesNamed('pick', 3)
  const relay = await world.keys.relay('site', siteWith(unused(codes)))
  const worker = await startWith(world, 'site')
  const { offers, slots } = offersOf(worker)
  const { redeemer } = worker
  const finder = {
    set: () => Promise.resolve(),
    repair: () => Promise.resolve(),
    isOn: () => Promise.resolve(true),
    chore: redeemer.chore,
  }
  const handlers = redeemHandlers({ offers, redeemer, finder })
  await offers.put(codes, world.keys.origin('site'))
  const offer = await handlers['redeem.offered']({})
  const start = { offerId: offer?.id ?? '', picks: [2, 0], accountIds: worker.accounts }
  // Two pages show the same offer.
  const started = await Promise.allSettled([
    handlers['redeem.start'](start),
    handlers['redeem.start'](start),
  ])
  await redeemer.idle()
  expect(started.some(({ status }) => status === 'fulfilled')).toBe(true)
  expect(relay.books.codes.map(({ code }) => code)).toEqual([codes[2], codes[0]])
  expect(world.sent).toHaveLength(2)
  expect(await handlers['redeem.offered']({})).toBeNull()
  expect(JSON.stringify(slots.offered.value)).not.toContain(codes[0])
  await expect(handlers['redeem.start'](start)).rejects.toMatchObject({
    failure: { class: 'not-found', reason: 'offer' },
  })
})
