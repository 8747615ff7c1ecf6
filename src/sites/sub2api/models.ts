import * as z from 'zod/mini'

import { failureOf, raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchData } from './request'

const CHANNELS = '/api/v1/channels/available'
const PLAZA = '/api/v1/model-plaza'

/** A Go server may write `null` for an empty list. */
const listOf = <S extends z.ZodMiniType>(schema: S) => z.optional(z.nullable(z.array(schema)))

const model = z.object({ name: z.string().check(z.minLength(1), z.maxLength(256)) })
const channelsSchema = listOf(
  z.object({ platforms: listOf(z.object({ supported_models: listOf(model) })) }),
)
const plazaSchema = z.object({ groups: listOf(z.object({ models: listOf(model) })) })

/**
 * Names of the models of the user's groups (`contracts/sub2api.md 10`): those of the channels, else
 * of the model plaza. Operators may switch both off, and old servers have neither.
 */
export function fetchModels(ctx: SiteContext, access: Access): Promise<Result<readonly string[]>> {
  return settle(async () => {
    const channels = await orNone(fetchData(ctx, access, { path: CHANNELS }, channelsSchema))
    const platforms = (channels ?? []).flatMap((channel) => channel.platforms ?? [])
    const names = namesOf(platforms.map((platform) => platform.supported_models))
    if (names.length > 0) return names
    const plaza = await orNone(fetchData(ctx, access, { path: PLAZA }, plazaSchema))
    const shown = namesOf((plaza?.groups ?? []).map((group) => group.models))
    return shown.length > 0 ? shown : raise({ class: 'unsupported', reason: 'no-model-list' })
  })
}

type Models = readonly { readonly name: string }[] | null | undefined

/** Each name once, in the order of the site. */
const namesOf = (lists: readonly Models[]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []).map(({ name }) => name))),
]

async function orNone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (thrown) {
    const { class: kind } = failureOf(thrown)
    if (kind === 'unsupported' || kind === 'not-found') return null
    throw thrown
  }
}
