import * as z from 'zod/mini'

import { failureSchema } from './failure-schema'
import { once } from './once'
import { isOrigin } from './origin'

/** What the user may be told about; everything is off until it is switched on. */
export const NOTICE_EVENTS = [
  'check-in-finished',
  'check-in-needs-you',
  'low-balance',
  'login-expired',
  'sync-failed',
] as const

export type NoticeEvent = (typeof NOTICE_EVENTS)[number]

/** Services a notice can go to, besides the browser itself (`features/insight 8.2`). */
export const CHANNEL_KINDS = ['webhook', 'telegram', 'feishu', 'dingtalk', 'wecom', 'ntfy'] as const

export type ChannelKind = (typeof CHANNEL_KINDS)[number]

const text = (most: number) => z.string().check(z.maxLength(most))

/**
 * What a channel needs to be reached. `address`: webhook: the URL, with placeholders; feishu,
 * dingtalk, wecom: the full webhook URL or its key alone; ntfy: URL, `host/topic` or topic;
 * telegram: another server's origin, empty = the service itself.
 */
export const channelConfigSchema = once(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), address: text(2000) }),
    z.strictObject({
      kind: z.literal('telegram'),
      address: text(2000),
      token: text(200),
      chatId: text(100),
    }),
    z.strictObject({ kind: z.literal('feishu'), address: text(2000) }),
    z.strictObject({ kind: z.literal('dingtalk'), address: text(2000), secret: text(500) }),
    z.strictObject({ kind: z.literal('wecom'), address: text(2000) }),
    z.strictObject({ kind: z.literal('ntfy'), address: text(2000), token: text(500) }),
  ]),
)

export type ChannelConfig = z.infer<ReturnType<typeof channelConfigSchema>>

/** A channel as it is stored, one of each kind; the whole configuration is secret. */
export const channelRecordSchema = once(() =>
  z.object({
    /** Says nothing about the kind: ids stand in clear on the disk. */
    id: z.string().check(z.regex(/^chan_[0-9a-f]{32}$/)),
    enabled: z.boolean(),
    /** Where it sends to: a reason to reach that site. */
    origin: z.string().check(z.refine(isOrigin)),
    config: channelConfigSchema(),
    decidedAtMs: z.int(),
    /** What came of the last notice sent through it; absent = none was, as it is configured now. */
    last: z.optional(z.object({ atMs: z.int(), failure: z.optional(failureSchema) })),
    /** Failures in a row, and until when notices that go by themselves leave it out, epoch ms. */
    rest: z.optional(z.object({ failures: z.int(), untilMs: z.int() })),
  }),
)

export type ChannelRecord = z.infer<ReturnType<typeof channelRecordSchema>>

/** One message to the user: several things at once, never one per account; no secret in it. */
export interface Notice {
  /** What it is about mainly; also a placeholder of webhooks. */
  readonly event: NoticeEvent | 'test'
  readonly status: 'success' | 'partial' | 'failure' | 'info'
  readonly title: string
  readonly message: string
  readonly counts: {
    readonly total: number
    readonly success: number
    readonly failed: number
    readonly skipped: number
  } | null
}
