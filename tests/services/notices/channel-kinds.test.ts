import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'

import { createReceiver, type Received } from '@/e2e/receivers/receiver'
import { startSite } from '@/e2e/relays/farm'
import { CHANNEL_KINDS, type ChannelConfig, type Notice } from '@/src/domain/notice'
import { postText } from '@/src/net/post-text'
import { channelOrigin, kindOf } from '@/src/services/notices/channel-kinds'
import { sendThrough } from '@/src/services/notices/send'

import { type ConfigOf, configsAt, KEY, makeNotice, NOW } from './samples'

/** What arrives at a receiver when this is sent there. */
async function arrives(
  config: (origin: string) => ChannelConfig,
  notice: Notice = makeNotice(),
): Promise<Received> {
  const receiver = createReceiver(config('http://127.0.0.1').kind)
  const { origin, close } = await startSite(receiver)
  onTestFinished(close)
  const ports = {
    post: postText,
    hasAccess: (asked: string) => Promise.resolve(asked === origin),
    noteUse: () => undefined,
    now: () => NOW,
  }
  await sendThrough(ports, config(origin), notice)
  expect(receiver.requests).toHaveLength(1)
  const [request] = receiver.requests
  expect(request?.method).toBe('POST')
  return request!
}

const urlOf = async (config: ChannelConfig, notice = makeNotice(), nowMs = NOW) =>
  (await kindOf(config).post(config, notice, nowMs)).url

const TEXT = 'Check-in & more\n3 done, 1 not done'
const refusal = (config: ChannelConfig) => {
  try {
    channelOrigin(config)
  } catch (thrown) {
    return (thrown as { failure: unknown }).failure
  }
  return null
}
const input = (reason: string, field = 'address') => ({ class: 'input', reason, field })

describe('what arrives', () => {
  test('at a webhook', async () => {
    const { target, body, headers } = await arrives((at) => configsAt(at).webhook)
    expect(target).toBe(`/hooks/${KEY}?t=Check-in%20%26%20more&s=partial_success`)
    expect(headers['content-type']).toBe('application/json')
    expect(body).toEqual({
      source: 'relaydeck',
      title: 'Check-in & more',
      message: '3 done, 1 not done',
      task: 'check-in-finished',
      status: 'partial_success',
      counts: { total: 4, success: 3, failed: 1, skipped: 0 },
    })
  })

  test('at Telegram, or another server that speaks as it does', async () => {
    const { target, body, headers } = await arrives((at) => configsAt(at).telegram)
    expect(target).toBe(`/bot123456789:AA${KEY}/sendMessage`)
    expect(headers['content-type']).toBe('application/json')
    expect(body).toEqual({
      chat_id: '-1001987654321',
      text: TEXT,
      disable_web_page_preview: true,
    })
  })

  test('at Feishu', async () => {
    const { target, body } = await arrives((at) => configsAt(at).feishu)
    expect(target).toBe(`/open-apis/bot/v2/hook/${KEY}`)
    expect(body).toEqual({ msg_type: 'text', content: { text: TEXT } })
  })

  test('at DingTalk, signed', async () => {
    const { target, body } = await arrives((at) => configsAt(at).dingtalk)
    expect(target).toBe(
      `/robot/send?access_token=${KEY}&timestamp=1767225600000&sign=obv1jKXupdCsRrmQyT6z59MdIICFujSKQJly1hcEYiE%3D`,
    )
    expect(body).toEqual({ msgtype: 'text', text: { content: TEXT }, at: { isAtAll: false } })
  })

  test('at DingTalk without a secret', async () => {
    const { target } = await arrives((at) => ({ ...configsAt(at).dingtalk, secret: ' ' }))
    expect(target).toBe(`/robot/send?access_token=${KEY}`)
  })

  test('at WeCom', async () => {
    const { target, body } = await arrives((at) => configsAt(at).wecom)
    expect(target).toBe(`/cgi-bin/webhook/send?key=${KEY}`)
    expect(body).toEqual({ msgtype: 'text', text: { content: TEXT } })
  })

  test('at ntfy', async () => {
    const { target, bodyText, headers } = await arrives((at) => configsAt(at).ntfy)
    expect(target).toBe(`/topic-${KEY}`)
    expect(bodyText).toBe('3 done, 1 not done')
    expect(headers).toMatchObject({
      title: 'Check-in & more',
      priority: 'default',
      tags: 'bell',
      authorization: `Bearer tk_${KEY}`,
      'content-type': 'text/plain; charset=utf-8',
    })
  })

  test('at ntfy without a token, with a title beyond ASCII', async () => {
    const title = 'Relaydeck：签到已结束 🎉'
    const { headers } = await arrives(
      (at) => ({ ...configsAt(at).ntfy, token: '' }),
      makeNotice({ title }),
    )
    expect(headers).not.toHaveProperty('authorization')
    expect(String(headers['title'])).toMatch(/^=\?UTF-8\?B\?[\w+/=]+\?=$/)
    expect(decodedHeader(String(headers['title']))).toBe(title)
  })
})

describe('addresses', () => {
  test.each<[ChannelConfig, string]>([
    [
      { kind: 'feishu', address: ` ${KEY}\n` },
      `https://open.feishu.cn/open-apis/bot/v2/hook/${KEY}`,
    ],
    [
      { kind: 'dingtalk', address: KEY, secret: '' },
      `https://oapi.dingtalk.com/robot/send?access_token=${KEY}`,
    ],
    [
      { kind: 'wecom', address: KEY },
      `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`,
    ],
    [
      { kind: 'telegram', address: '', token: '1:A_b', chatId: '@me' },
      'https://api.telegram.org/bot1:A_b/sendMessage',
    ],
    [{ kind: 'ntfy', address: 'my_topic', token: '' }, 'https://ntfy.sh/my_topic'],
    [{ kind: 'ntfy', address: 'push.example:8443/t', token: '' }, 'https://push.example:8443/t'],
    [{ kind: 'ntfy', address: 'http://push.example/t', token: '' }, 'http://push.example/t'],
    [
      { kind: 'dingtalk', address: 'https://relay.example/ding/x#part', secret: 'SECdemo' },
      'https://relay.example/ding/x?timestamp=1767225600000&sign=obv1jKXupdCsRrmQyT6z59MdIICFujSKQJly1hcEYiE%3D',
    ],
  ])('%o', async (config, url) => {
    await expect(urlOf(config)).resolves.toBe(url)
    expect(channelOrigin(config)).toBe(new URL(url).origin)
  })

  test('of a webhook take every placeholder, in both ways of writing', async () => {
    const names = 'title message task status total success failed skipped'.split(' ')
    const [plain, encoded] = [
      names.map((name) => `{${name}}`).join('/'),
      names.map((name) => `%7B${name}%7D`).join('/'),
    ]
    const notice = makeNotice({ title: 'a/b?c', message: '完成 1\n&', event: 'test' })
    const filled = 'a%2Fb%3Fc/%E5%AE%8C%E6%88%90%201%0A%26/test/partial_success/4/3/1/0'
    const url = await urlOf({ kind: 'webhook', address: `https://h.example/${plain}` }, notice)
    expect(url).toBe(`https://h.example/${filled}`)
    await expect(
      urlOf({ kind: 'webhook', address: `https://h.example/${encoded}?x={nobody}` }, notice),
    ).resolves.toBe(`https://h.example/${filled}?x={nobody}`)
    await expect(
      urlOf(
        { kind: 'webhook', address: 'https://h.example/?n={total}&m={title}' },
        makeNotice({ counts: null, title: '\ud83c' }),
      ),
    ).resolves.toBe('https://h.example/?n=&m=%EF%BF%BD')
  })

  test.each<[ChannelConfig, unknown]>([
    [{ kind: 'webhook', address: ' ' }, input('required')],
    [{ kind: 'webhook', address: 'hook' }, input('not-a-web-address')],
    [{ kind: 'webhook', address: 'ftp://h.example/' }, input('not-a-web-address')],
    [{ kind: 'webhook', address: 'javascript:alert(1)' }, input('not-a-web-address')],
    [{ kind: 'webhook', address: 'https://a:b@h.example/' }, input('address-with-login')],
    [{ kind: 'webhook', address: 'https://{title}.example/' }, input('placeholder-in-host')],
    [{ kind: 'webhook', address: 'https://h.example:8{total}/' }, input('placeholder-in-host')],
    [{ kind: 'feishu', address: '' }, input('required')],
    [{ kind: 'feishu', address: 'a key' }, input('malformed-key')],
    [{ kind: 'wecom', address: 'h.example/x?key=1' }, input('not-a-web-address')],
    [{ kind: 'dingtalk', address: 'ws://h.example', secret: '' }, input('not-a-web-address')],
    [{ kind: 'telegram', address: '', token: '', chatId: '1' }, input('required', 'token')],
    [
      { kind: 'telegram', address: '', token: '1:a/../b', chatId: '1' },
      input('malformed-token', 'token'),
    ],
    [{ kind: 'telegram', address: '', token: '1:a', chatId: ' ' }, input('required', 'chatId')],
    [
      { kind: 'telegram', address: 'https://t.example/x', token: '1:a', chatId: '1' },
      input('not-an-origin'),
    ],
    [{ kind: 'ntfy', address: '', token: '' }, input('required')],
    [{ kind: 'ntfy', address: 'https://ntfy.sh/', token: '' }, input('no-topic')],
    [{ kind: 'ntfy', address: 'push.example', token: '' }, input('no-topic')],
    [{ kind: 'ntfy', address: 'topic', token: 'tk\n1' }, input('malformed-token', 'token')],
  ])('%o is refused', (config, failure) => {
    expect(refusal(config)).toEqual(failure)
  })

  test('never depend on the notice for where they send to', async () => {
    const address = fc
      .array(
        fc.constantFrom('{title}', '{total}', '%7Bstatus%7D', 'h', '.', ':', '/', '@', '?', '8'),
      )
      .map((parts) => `https://${parts.join('')}`)
    const notices = fc.record({ title: fc.string(), total: fc.nat() })
    await fc.assert(
      fc.asyncProperty(address, notices, async (text, { title, total }) => {
        const config: ConfigOf<'webhook'> = { kind: 'webhook', address: text }
        fc.pre(refusal(config) === null)
        const counts = { total, success: 0, failed: 0, skipped: 0 }
        const url = await urlOf(config, makeNotice({ title, counts }))
        expect(new URL(url).origin).toBe(channelOrigin(config))
      }),
      { numRuns: 500 },
    )
  })
})

describe('limits', () => {
  const long = fc.string({ unit: 'binary', minLength: 900, maxLength: 6000 })
  const sent = async (config: ChannelConfig, message: string) =>
    (await kindOf(config).post(config, makeNotice({ title: 't', message }), NOW)).body
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const isPrefix = (text: string, whole: string) =>
    text === whole || (text.endsWith('…') && whole.startsWith(text.slice(0, -1)))

  test('of Telegram are kept without cutting a character', async () => {
    await fc.assert(
      fc.asyncProperty(long, async (message) => {
        const body = await sent(configsAt('https://t.example').telegram, message)
        const { text } = JSON.parse(body) as { text: string }
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(text.isWellFormed()).toBe(true)
        expect(isPrefix(text, `t\n${message}`)).toBe(true)
        if (`t\n${message}`.length <= 4096) expect(text).toBe(`t\n${message}`)
        else expect(text.length).toBeGreaterThanOrEqual(4095)
      }),
      { numRuns: 60 },
    )
  })

  test('of WeCom and ntfy are counted in bytes', async () => {
    await fc.assert(
      fc.asyncProperty(long, async (message) => {
        const { wecom, ntfy } = configsAt('https://t.example')
        const { text } = JSON.parse(await sent(wecom, message)) as { text: { content: string } }
        expect(bytes(text.content)).toBeLessThanOrEqual(2048)
        expect(isPrefix(text.content, `t\n${message}`)).toBe(true)
        const body = await sent(ntfy, message)
        expect(bytes(body)).toBeLessThanOrEqual(4096)
        expect(isPrefix(body, message)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

test('a title of ntfy stays readable whatever is in it, in words of at most 75 characters', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (title) => {
      const config = configsAt('https://t.example').ntfy
      const { headers } = await kindOf(config).post(config, makeNotice({ title }), NOW)
      const header = headers['Title'] ?? ''
      expect(header).toMatch(/^[\x20-\x7e]*$/)
      const line = title.replace(/[\s\p{Cc}]+/gu, ' ').trim()
      expect(decodedHeader(header)).toBe(line)
      const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes('=?')
      if (isPlain) expect(header).toBe(line)
      for (const word of isPlain ? [] : header.split(' ')) {
        expect(word.length).toBeLessThanOrEqual(75)
        // Each word is whole on its own.
        expect(decodedHeader(word)).not.toContain('\ufffd')
      }
    }),
  )
})

test('every kind of channel is covered here', () => {
  expect(Object.keys(configsAt('https://t.example')).sort()).toEqual([...CHANNEL_KINDS].sort())
})

/** As a receiver reads a header with encoded words (RFC 2047). */
function decodedHeader(header: string): string {
  const words = header.split(' ')
  if (!words.every((word) => /^=\?UTF-8\?B\?.*\?=$/.test(word))) return header
  return words
    .map((word) => Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString('utf8'))
    .join('')
}
