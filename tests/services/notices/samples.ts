import type { ChannelConfig, ChannelKind, Notice } from '@/src/domain/notice'

/** When every test's notice is sent: the moment of the signature's test vector. */
export const NOW = 1_767_225_600_000

/** Too short and plain to have the shape of a secret: only knowing it hides it. */
export const KEY = 'Kq7-zebra'

export type ConfigOf<Kind extends ChannelKind> = Extract<ChannelConfig, { kind: Kind }>

/** One configuration of each kind that sends to a receiver at `origin`, full of secrets. */
export function configsAt(origin: string): { [Kind in ChannelKind]: ConfigOf<Kind> } {
  return {
    webhook: { kind: 'webhook', address: `${origin}/hooks/${KEY}?t={title}&s={status}` },
    telegram: {
      kind: 'telegram',
      address: origin,
      token: `123456789:AA${KEY}`,
      chatId: '-1001987654321',
    },
    feishu: { kind: 'feishu', address: `${origin}/open-apis/bot/v2/hook/${KEY}` },
    dingtalk: {
      kind: 'dingtalk',
      address: `${origin}/robot/send?access_token=${KEY}`,
      secret: 'SECdemo',
    },
    wecom: { kind: 'wecom', address: `${origin}/cgi-bin/webhook/send?key=${KEY}` },
    ntfy: { kind: 'ntfy', address: `${origin}/topic-${KEY}`, token: `tk_${KEY}` },
  }
}

/** Everything in these configurations that nobody else may ever see. */
export const SECRETS = [KEY, 'SECdemo', '-1001987654321', '123456789', '1987654321']

export function makeNotice(notice: Partial<Notice> = {}): Notice {
  return {
    event: 'check-in-finished',
    status: 'partial',
    title: 'Check-in & more',
    message: '3 done, 1 not done',
    counts: { total: 4, success: 3, failed: 1, skipped: 0 },
    ...notice,
  }
}
