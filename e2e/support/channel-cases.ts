import { createHmac } from 'node:crypto'

import { expect } from '@playwright/test'

import type { ChannelKind } from '@/src/domain/notice'

import type { Received } from '../receivers/receiver'
import { jsonReply, type Reply } from '../relays/kit/reply'

export interface Sample {
  readonly title: string
  readonly message: string
}

/** One kind of service: what its user types, what it gets and how it says no. */
export interface ChannelCase {
  readonly kind: ChannelKind
  readonly place: string
  /** What is typed, by label. */
  readonly fields: (origin: string) => Record<string, string>
  /** Of what is typed, what nobody may see again. */
  readonly secrets: readonly string[]
  /** It quotes a secret where services do. */
  readonly refusal: Reply
  /** The words of the refusal, as far as they are no secret. */
  readonly words: RegExp
  /** Checks a notice that arrived, whole. */
  readonly expectNotice: (received: Received, sample: Sample) => void
}

const HOOK_KEY = 'hookkey7f3c9e1ab2d4'
const SIGNING = 'SEC7d2a5b8c1e4f90'
const BOT_TOKEN = '7012345678:AAcanaryTelegramBotToken'
const CHAT = '-1009876543210'
const TOPIC = 'alerts-c4b1d7e2'
const NTFY_TOKEN = 'tk_canary5f1b9d3e7a'

const textOf = ({ title, message }: Sample) => `${title}\n${message}`

function expectJson({ method, target, headers, body }: Received, path: string, value: unknown) {
  expect({ method, target, body }).toEqual({ method: 'POST', target: path, body: value })
  expect(headers['content-type']).toMatch(/^application\/json/)
}

export const CHANNEL_CASES: readonly ChannelCase[] = [
  {
    kind: 'webhook',
    place: 'Webhook',
    fields: (origin) => ({ Address: `${origin}/in/${HOOK_KEY}?t={title}&s={status}` }),
    secrets: [HOOK_KEY],
    refusal: jsonReply({ error: `the hook ${HOOK_KEY} is closed` }, 403),
    words: /the hook .* is closed/,
    expectNotice: (received, { title, message }) => {
      const path = `/in/${HOOK_KEY}?t=${encodeURIComponent(title)}&s=info`
      expectJson(received, path, {
        source: 'relaydeck',
        title,
        message,
        task: 'test',
        status: 'info',
        counts: null,
      })
    },
  },
  {
    kind: 'telegram',
    place: 'Telegram',
    fields: (origin) => ({ 'Bot token': BOT_TOKEN, 'Chat ID': CHAT, 'Another server': origin }),
    secrets: [BOT_TOKEN, CHAT],
    refusal: jsonReply({ ok: false, description: `Unauthorized: ${BOT_TOKEN}` }, 401),
    words: /Unauthorized/,
    expectNotice: (received, sample) => {
      expectJson(received, `/bot${BOT_TOKEN}/sendMessage`, {
        chat_id: CHAT,
        text: textOf(sample),
        disable_web_page_preview: true,
      })
    },
  },
  {
    kind: 'feishu',
    place: 'Feishu',
    fields: (origin) => ({
      'Webhook address or key': `${origin}/open-apis/bot/v2/hook/${HOOK_KEY}`,
    }),
    secrets: [HOOK_KEY],
    refusal: jsonReply({ code: 19001, msg: `param invalid: incoming webhook ${HOOK_KEY}` }),
    words: /param invalid/,
    expectNotice: (received, sample) => {
      expectJson(received, `/open-apis/bot/v2/hook/${HOOK_KEY}`, {
        msg_type: 'text',
        content: { text: textOf(sample) },
      })
    },
  },
  {
    kind: 'dingtalk',
    place: 'DingTalk',
    fields: (origin) => ({
      'Webhook address or key': `${origin}/robot/send?access_token=${HOOK_KEY}`,
      'Signing secret': SIGNING,
    }),
    secrets: [HOOK_KEY, SIGNING],
    refusal: jsonReply({ errcode: 310000, errmsg: `sign not match: ${SIGNING}` }),
    words: /sign not match/,
    expectNotice: (received, sample) => {
      const query = new URL(received.target, 'http://service.test').searchParams
      const stamp = query.get('timestamp') ?? ''
      expect(Math.abs(Number(stamp) - Date.now())).toBeLessThan(60_000)
      const hmac = createHmac('sha256', SIGNING).update(`${stamp}\n${SIGNING}`)
      const sign = encodeURIComponent(hmac.digest('base64'))
      const path = `/robot/send?access_token=${HOOK_KEY}&timestamp=${stamp}&sign=${sign}`
      expectJson(received, path, {
        msgtype: 'text',
        text: { content: textOf(sample) },
        at: { isAtAll: false },
      })
    },
  },
  {
    kind: 'wecom',
    place: 'WeCom',
    fields: (origin) => ({
      'Webhook address or key': `${origin}/cgi-bin/webhook/send?key=${HOOK_KEY}`,
    }),
    secrets: [HOOK_KEY],
    refusal: jsonReply({ errcode: 93000, errmsg: `invalid webhook url ${HOOK_KEY}` }),
    words: /invalid webhook url/,
    expectNotice: (received, sample) => {
      expectJson(received, `/cgi-bin/webhook/send?key=${HOOK_KEY}`, {
        msgtype: 'text',
        text: { content: textOf(sample) },
      })
    },
  },
  {
    kind: 'ntfy',
    place: 'ntfy',
    fields: (origin) => ({ Topic: `${origin}/${TOPIC}`, 'Access token': NTFY_TOKEN }),
    secrets: [TOPIC, NTFY_TOKEN],
    refusal: jsonReply({ code: 40301, error: `forbidden for ${NTFY_TOKEN}` }, 403),
    words: /forbidden/,
    expectNotice: ({ method, target, headers, bodyText }, { title, message }) => {
      expect([method, target, bodyText]).toEqual(['POST', `/${TOPIC}`, message])
      expect({
        title: readableTitle(String(headers['title'])),
        priority: headers['priority'],
        tags: headers['tags'],
        authorization: headers.authorization,
      }).toEqual({
        title,
        priority: 'default',
        tags: 'bell',
        authorization: `Bearer ${NTFY_TOKEN}`,
      })
    },
  },
]

/** As clients of ntfy read it: RFC 2047 where it is not ASCII. */
function readableTitle(header: string): string {
  return header
    .split(' ')
    .map((word) => {
      const [, encoded] = /^=\?UTF-8\?B\?(.+)\?=$/i.exec(word) ?? []
      return encoded === undefined ? `${word} ` : Buffer.from(encoded, 'base64').toString('utf8')
    })
    .join('')
    .trimEnd()
}
