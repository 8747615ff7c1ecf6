import type { ChannelConfig, ChannelKind } from '@/src/domain/notice'

import type { Texts } from '../../text/namespaces'

export type ChannelField = 'address' | 'token' | 'chatId' | 'secret'

interface FieldSpec {
  readonly name: ChannelField
  /** Where its label and help stand in the texts. */
  readonly words: keyof Texts['automation']['field']
  /** Whoever knows it can send there. */
  readonly isSecret: boolean
  readonly isRequired: boolean
}

const HOOK: FieldSpec = { name: 'address', words: 'hook', isSecret: true, isRequired: true }

/** What each kind of channel needs, in the order its form asks for it. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelKind, readonly FieldSpec[]>> = {
  webhook: [{ ...HOOK, words: 'webhook' }],
  telegram: [
    { name: 'token', words: 'telegram-token', isSecret: true, isRequired: true },
    { name: 'chatId', words: 'telegram-chat', isSecret: false, isRequired: true },
    { name: 'address', words: 'telegram-server', isSecret: false, isRequired: false },
  ],
  feishu: [HOOK],
  dingtalk: [HOOK, { name: 'secret', words: 'dingtalk-secret', isSecret: true, isRequired: false }],
  wecom: [HOOK],
  ntfy: [
    { ...HOOK, words: 'ntfy-topic' },
    { name: 'token', words: 'ntfy-token', isSecret: true, isRequired: false },
  ],
}

/** In the order the list has them. */
export const CHANNEL_KINDS_SHOWN = Object.keys(CHANNEL_FIELDS) as readonly ChannelKind[]

export type ChannelTexts = Readonly<Record<ChannelField, string>>

export const NO_TEXTS: ChannelTexts = { address: '', token: '', chatId: '', secret: '' }

/** A configuration of what was typed; fields of other kinds are left out. */
export function configOf(kind: ChannelKind, texts: ChannelTexts): ChannelConfig {
  const { address, token, chatId, secret: key } = texts
  switch (kind) {
    case 'telegram':
      return { kind, address, token, chatId }
    case 'dingtalk':
      return { kind, address, secret: key }
    case 'ntfy':
      return { kind, address, token }
    default:
      return { kind, address }
  }
}
