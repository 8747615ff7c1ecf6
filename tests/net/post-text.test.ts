import { onTestFinished, expect, test } from 'vitest'

import { createReceiver, type Receiver } from '@/e2e/receivers/receiver'
import { startSite } from '@/e2e/relays/farm'
import { emptyReply, htmlReply, withCookies, withHeaders } from '@/e2e/relays/kit/reply'
import { postText } from '@/src/net/post-text'

async function start(): Promise<{ receiver: Receiver; origin: string }> {
  const receiver = createReceiver('webhook')
  const { origin, close } = await startSite(receiver)
  onTestFinished(close)
  return { receiver, origin }
}

const post = (url: string) => ({
  url,
  headers: { 'X-Own': 'one' },
  body: 'Grüße',
  contentType: 'text/plain; charset=utf-8',
})

test('sends one POST with exactly what it was given, and no cookies', async () => {
  const { receiver, origin } = await start()
  receiver.react = () => withCookies(emptyReply(204), 'a=1; Path=/')
  const answer = await postText(post(`${origin}/a%20b?q={x}`))
  expect(answer).toEqual({ status: 204, text: '' })
  await postText(post(`${origin}/again`))
  expect(receiver.requests.map(({ method, target }) => [method, target])).toEqual([
    ['POST', '/a%20b?q={x}'],
    ['POST', '/again'],
  ])
  for (const { headers, bodyText } of receiver.requests) {
    expect(bodyText).toBe('Grüße')
    expect(headers).toMatchObject({
      'x-own': 'one',
      'content-type': 'text/plain; charset=utf-8',
      origin,
    })
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
  }
})

test('hands on whatever the answer says', async () => {
  const { receiver, origin } = await start()
  receiver.react = () => htmlReply('<p>gone</p>', 410)
  await expect(postText(post(origin))).resolves.toEqual({ status: 410, text: '<p>gone</p>' })
})

test('follows no redirect', async () => {
  const [from, to] = [await start(), await start()]
  from.receiver.react = () => withHeaders(emptyReply(307), { location: `${to.origin}/stolen` })
  await expect(postText(post(`${from.origin}/s3cret`))).rejects.toMatchObject({
    failure: { class: 'changed-api', reason: 'redirected' },
  })
  expect(from.receiver.requests).toHaveLength(1)
  expect(to.receiver.requests).toHaveLength(0)
})

test('reads no more of an answer than it may', async () => {
  const { receiver, origin } = await start()
  receiver.react = () => htmlReply('x'.repeat(64 * 1024))
  expect((await postText(post(origin))).text).toHaveLength(64 * 1024)
  receiver.react = () => htmlReply('x'.repeat(64 * 1024 + 1))
  await expect(postText(post(origin))).resolves.toEqual({ status: 200, text: null })
})

test.each([
  ['hang', 'timeout'],
  ['drop', 'unreachable'],
] as const)('an answer that does not come (%s) is %s, once', async (reaction, reason) => {
  const { receiver, origin } = await start()
  receiver.react = () => reaction
  const failure = await postText(post(`${origin}/s3cret`), { timeoutMs: 200 }).catch(
    (thrown: unknown) => thrown,
  )
  expect(failure).toMatchObject({ failure: { class: 'network', reason } })
  expect(JSON.stringify(failure)).not.toContain('s3cret')
  expect((failure as Error).cause).toBeUndefined()
  expect(receiver.requests).toHaveLength(1)
})

test('an answer that breaks off in its middle is cut off', async () => {
  const { receiver, origin } = await start()
  receiver.handle = (incoming, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"half":')
    setTimeout(() => incoming.socket.destroy(), 20)
  }
  await expect(postText(post(origin))).rejects.toMatchObject({
    failure: { class: 'network', reason: 'cut-off' },
  })
})
