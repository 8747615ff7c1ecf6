import * as z from 'zod/mini'

import { once } from '@/src/domain/once'

import { type CodeCard, CODES_CHANNEL, MOST_FOUND } from './codes-channel'

/** What a page's script may say: which codes it found, and that the user wants to redeem them. */
const messageSchema = once(() =>
  z.strictObject({
    channel: z.literal(CODES_CHANNEL),
    codes: z
      .array(z.string().check(z.minLength(1), z.maxLength(256)))
      .check(z.minLength(1), z.maxLength(MOST_FOUND)),
    take: z.optional(z.literal(true)),
  }),
)

export interface CodesDoorPorts {
  /** Whether the user switched looking for codes on for pages of this origin. */
  readonly isOn: (origin: string) => Promise<boolean>
  /** What to show about the codes; `null` = nothing. */
  readonly cardFor: (codes: readonly string[], origin: string) => Promise<CodeCard | null>
  /** Puts them where they wait, and shows that place. */
  readonly take: (codes: readonly string[], origin: string) => Promise<void>
}

/** What the narrow door answers to a message that came through it. */
export type CodesDoor = (message: unknown, origin: string) => Promise<CodeCard | undefined>

/**
 * The narrow door: the only thing a page's script may say to the worker. Whatever does not fit, or
 * comes from a page where nobody switched it on, gets silence.
 */
export function createCodesDoor(ports: CodesDoorPorts): CodesDoor {
  return async (message, origin) => {
    const parsed = messageSchema().safeParse(message)
    if (!parsed.success || !(await ports.isOn(origin))) return undefined
    const { codes, take } = parsed.data
    if (!take) return (await ports.cardFor(codes, origin)) ?? undefined
    await ports.take(codes, origin)
    return undefined
  }
}
