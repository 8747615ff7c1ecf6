import { describe, expect, test } from 'vitest'

import { SERVICE_ANSWERS } from '@/e2e/receivers/receiver'
import { emptyReply, htmlReply, jsonReply, type Reply } from '@/e2e/relays/kit/reply'
import { CHANNEL_KINDS, type ChannelKind } from '@/src/domain/notice'

import { SECRETS } from './samples'
import { noticeWorld } from './world'

/** What the test button of a channel ends with when the service answers this; `null` = well. */
async function testAgainst(kind: ChannelKind, answer: Reply | 'hang' | 'drop') {
  const world = await noticeWorld()
  await world.add(kind)
  world.receivers[kind].react = () => answer
  const failure: unknown = await world.notices.test(kind).then(
    () => null,
    (thrown: unknown) => (thrown as { failure?: unknown }).failure ?? thrown,
  )
  expect(world.receivers[kind].requests).toHaveLength(1)
  expect(world.used).toEqual([world.origins[kind]])
  return failure
}

describe.each(CHANNEL_KINDS)('%s', (kind) => {
  const { taken, refused, words } = SERVICE_ANSWERS[kind]

  test('took it', async () => {
    await expect(testAgainst(kind, taken)).resolves.toBeNull()
  })

  test('did not take it, and its own words say why', async () => {
    await expect(testAgainst(kind, refused)).resolves.toEqual({
      class: 'refused',
      reason: 'channel-refused',
      httpStatus: refused.status,
      detail: words,
    })
  })

  test('failed, asks for a pause, is silent, leads elsewhere', async () => {
    await expect(testAgainst(kind, htmlReply('<p>Bad gateway</p>', 502))).resolves.toEqual({
      class: 'server',
      reason: 'server-error',
      httpStatus: 502,
    })
    await expect(testAgainst(kind, jsonReply({ error: 'slow down' }, 429))).resolves.toEqual({
      class: 'limit',
      reason: 'site-asked',
      httpStatus: 429,
      detail: 'slow down',
    })
    await expect(testAgainst(kind, 'hang')).resolves.toMatchObject({ reason: 'timeout' })
    await expect(testAgainst(kind, { ...emptyReply(302), headers: { location: '/' } }))
      .resolves //
      .toEqual({ class: 'changed-api', reason: 'redirected' })
  })
})

describe('what counts as taken', () => {
  test.each<[ChannelKind, Reply]>([
    ['feishu', jsonReply({ StatusCode: 0, StatusMessage: 'success' })],
    ['dingtalk', jsonReply({ errcode: '0' })],
    ['wecom', jsonReply({ errcode: 0 })],
    ['ntfy', emptyReply(200)],
    ['webhook', htmlReply('<p>ok</p>', 201)],
    ['webhook', htmlReply('x'.repeat(70_000))],
  ])('%s: %o', async (kind, answer) => {
    await expect(testAgainst(kind, answer)).resolves.toBeNull()
  })

  test.each<[ChannelKind, Reply, object]>([
    ['telegram', jsonReply({ ok: 'true' }), { class: 'refused' }],
    ['telegram', jsonReply({ ok: true }, 400), { class: 'refused' }],
    ['feishu', jsonReply({ code: '0' }), { class: 'refused' }],
    ['dingtalk', jsonReply({}), { class: 'refused' }],
    ['wecom', jsonReply([{ errcode: 0 }]), { class: 'changed-api', reason: 'not-json' }],
    ['feishu', htmlReply('<p>ok</p>'), { class: 'changed-api', reason: 'not-json' }],
    ['telegram', htmlReply('x'.repeat(70_000)), { class: 'network', reason: 'too-large' }],
  ])('%s: not %o', async (kind, answer, failure) => {
    await expect(testAgainst(kind, answer)).resolves.toMatchObject(failure)
  })
})

describe('the words of a service', () => {
  const wordsOf = async (body: object) => {
    const failure = await testAgainst('webhook', jsonReply(body, 400))
    return (failure as { detail?: string }).detail
  }

  test('are the first of its fields that says anything', async () => {
    const fields = ['description', 'message', 'msg', 'StatusMessage', 'errmsg', 'error']
    for (let from = 0; from < fields.length; from += 1) {
      const said = fields.slice(from).map((name) => [name, `said in ${name}`])
      const mute = fields.slice(0, from).map((name, at) => [name, [' ', 7, null, {}][at % 4]])
      const body = Object.fromEntries([...said.reverse(), ...mute]) as object
      expect(await wordsOf(body)).toBe(`said in ${fields[from]}`)
    }
    expect(await wordsOf({ reason: 'something else' })).toBeUndefined()
  })

  test('have at most 300 characters', async () => {
    const words = await wordsOf({ message: 'no '.repeat(200) })
    expect(words).toHaveLength(300)
  })

  test.each(CHANNEL_KINDS)('hold no secret, whatever of its request %s repeats', async (kind) => {
    const world = await noticeWorld()
    await world.add(kind)
    world.receivers[kind].react = ({ target, headers, bodyText }) => {
      // In single words, so that nothing is hidden for its shape.
      const all = `${target} ${JSON.stringify(headers)} ${bodyText}`.replace(/[/?&=:"{},]+/g, ' x ')
      // Piece by piece, so that nothing is hidden only because it is cut off.
      const piece = all.slice(world.requests() * 150 - 150, world.requests() * 150 + 130)
      return jsonReply({ ok: false, errcode: 1, code: 1, message: `you sent ${piece}` }, 400)
    }
    const seen: string[] = []
    for (let tries = 0; tries < 8; tries += 1) {
      const thrown: unknown = await world.notices.test(kind).catch((error: unknown) => error)
      const listed = await world.notices.channels.list()
      seen.push(JSON.stringify([thrown, (thrown as Error).message, listed]))
    }
    expect(seen.join('')).toContain('you sent')
    for (const secret of SECRETS)
      expect(seen.join('').toLowerCase()).not.toContain(secret.toLowerCase())
  })
})
