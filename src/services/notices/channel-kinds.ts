import { raise } from '@/src/domain/failure'
import type { ChannelConfig, ChannelKind, Notice } from '@/src/domain/notice'
import type { TextPost } from '@/src/net/post-text'

import {
  filledAddress,
  fillingsOf,
  hookAddress,
  needed,
  serverAddress,
  topicAddress,
} from './channel-address'
import { fitBytes, fitUnits } from './fit-text'
import { base64, headerText } from './header-text'

/** The answer of a service. `body` as far as it is a JSON object. */
export interface ChannelAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> | null
}

/** What is particular about one kind of channel (`features/insight 8.2`). */
interface KindOfChannel<Config> {
  /** Where it sends to. @throws `input` naming the field */
  readonly address: (config: Config) => URL
  readonly post: (config: Config, notice: Notice, nowMs: number) => TextPost | Promise<TextPost>
  /** Whether a 2xx says that the notice was taken. */
  readonly isTaken: (body: ChannelAnswer['body']) => boolean
}

type ConfigOf<Kind extends ChannelKind> = Extract<ChannelConfig, { kind: Kind }>

const FEISHU = 'https://open.feishu.cn/open-apis/bot/v2/hook/'
const DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token='
const WECOM = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key='
const TELEGRAM = 'https://api.telegram.org'

/** Longest texts: Telegram's in characters, the others' in bytes. ntfy makes a file of longer ones. */
const MOST = { telegram: 4096, wecom: 2048, ntfy: 4096 }

/** Statuses as 8.2 names them. */
const STATUS: Record<Notice['status'], string> = {
  success: 'success',
  partial: 'partial_success',
  failure: 'failure',
  info: 'info',
}

const CHANNELS: { readonly [Kind in ChannelKind]: KindOfChannel<ConfigOf<Kind>> } = {
  webhook: {
    address: ({ address }) => filledAddress(address),
    post: ({ address }, notice) => {
      const { title, message, event, counts } = notice
      const status = STATUS[notice.status]
      const url = filledAddress(address, fillingsOf(notice, status))
      return json(url, { source: 'relaydeck', title, message, task: event, status, counts })
    },
    isTaken: () => true,
  },
  telegram: {
    address: (config) => telegramAddress(config),
    post: (config, notice) =>
      json(new URL(`/bot${config.token.trim()}/sendMessage`, telegramAddress(config)), {
        chat_id: config.chatId.trim(),
        text: fitUnits(textOf(notice), MOST.telegram),
        disable_web_page_preview: true,
      }),
    isTaken: (body) => body?.['ok'] === true,
  },
  feishu: {
    address: ({ address }) => hookAddress(address, FEISHU),
    post: ({ address }, notice) =>
      json(hookAddress(address, FEISHU), {
        msg_type: 'text',
        content: { text: textOf(notice) },
      }),
    isTaken: (body) => body?.['code'] === 0 || body?.['StatusCode'] === 0,
  },
  dingtalk: {
    address: ({ address }) => hookAddress(address, DINGTALK),
    post: async ({ address, secret }, notice, nowMs) =>
      json(await signed(hookAddress(address, DINGTALK), secret.trim(), nowMs), {
        msgtype: 'text',
        text: { content: textOf(notice) },
        at: { isAtAll: false },
      }),
    isTaken: hasNoErrorCode,
  },
  wecom: {
    address: ({ address }) => hookAddress(address, WECOM),
    post: ({ address }, notice) =>
      json(hookAddress(address, WECOM), {
        msgtype: 'text',
        text: { content: fitBytes(textOf(notice), MOST.wecom) },
      }),
    isTaken: hasNoErrorCode,
  },
  ntfy: {
    address: (config) => {
      bearerOf(config.token)
      return topicAddress(config.address)
    },
    post: ({ address, token }, notice) => ({
      url: topicAddress(address).href,
      headers: {
        Title: headerText(notice.title),
        Priority: 'default',
        Tags: 'bell',
        ...bearerOf(token),
      },
      body: fitBytes(notice.message, MOST.ntfy),
      contentType: 'text/plain; charset=utf-8',
    }),
    isTaken: () => true,
  },
}

/** The row of a configuration's kind. */
export function kindOf(config: ChannelConfig): KindOfChannel<ChannelConfig> {
  return CHANNELS[config.kind] as KindOfChannel<ChannelConfig>
}

/** Where a channel sends to. @throws `input` naming the field that is missing or wrong */
export function channelOrigin(config: ChannelConfig): string {
  return kindOf(config).address(config).origin
}

function telegramAddress({ address, token, chatId }: ConfigOf<'telegram'>): URL {
  if (!/^[\w:-]+$/.test(needed(token, 'token'))) {
    raise({ class: 'input', reason: 'malformed-token', field: 'token' })
  }
  needed(chatId, 'chatId')
  return serverAddress(address.trim() || TELEGRAM)
}

/** The signature of a robot that has a secret; without one the address stays as it is. */
async function signed(url: URL, secret: string, nowMs: number): Promise<URL> {
  if (secret === '') return url
  const bytes = (text: string) => new TextEncoder().encode(text)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(secret), hmac, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, bytes(`${nowMs}\n${secret}`))
  const sign = encodeURIComponent(base64(new Uint8Array(mac)))
  const joint = url.search === '' ? '?' : '&'
  return new URL(`${url.href}${joint}timestamp=${nowMs}&sign=${sign}`)
}

/** @throws `input` (field `token`) for what no header can carry */
function bearerOf(token: string): Readonly<Record<string, string>> {
  const bare = token.trim()
  if (bare === '') return {}
  if (/^[\x21-\x7e]+$/.test(bare)) return { Authorization: `Bearer ${bare}` }
  return raise({ class: 'input', reason: 'malformed-token', field: 'token' })
}

/** A number or the same as a text. */
function hasNoErrorCode(body: ChannelAnswer['body']): boolean {
  return body?.['errcode'] === 0 || body?.['errcode'] === '0'
}

const textOf = ({ title, message }: Notice) => `${title}\n${message}`

function json(url: URL, value: unknown): TextPost {
  return {
    url: url.href,
    headers: {},
    body: JSON.stringify(value),
    contentType: 'application/json',
  }
}
