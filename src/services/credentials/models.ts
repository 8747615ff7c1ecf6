import * as z from 'zod/mini'

import { withVersion } from '@/src/domain/base-url'
import { isFailureError } from '@/src/domain/failure'

import { type Asker, bearer, below, isUnsupported, type Question, type Target } from './asker'

/** `contracts/exports.md 8.2` */
const MOST_PAGES = 20
const MOST_MODELS = 2000

const item = z.object({ id: z.string() })
const next = z.optional(z.nullable(z.string()))

/** OpenAI and Anthropic; DoneHub writes `null` for none (`contracts/donehub.md 6.3`). */
const listSchema = z.object({
  data: z.nullable(z.array(item)),
  has_more: z.optional(z.nullable(z.boolean())),
  last_id: next,
})

const googleSchema = z.object({
  models: z.nullable(z.array(z.object({ name: z.string() }))),
  nextPageToken: next,
})

interface Page {
  readonly names: readonly string[]
  /** What asks for the next page; absent = this was the last. */
  readonly next?: Readonly<Record<string, string>>
}

type ReadPage = (
  asker: Asker,
  question: Pick<Question<z.ZodMiniType>, 'headers' | 'query'>,
) => Promise<Page>

/** All models a credential may call, in the server's order. */
export type ListModels = (asker: Asker) => Promise<string[]>

/** Remembers which addresses take the key as a bearer only, as long as the worker lives. */
export function createModelLister(): ListModels {
  const bearerOnly = new Set<string>()
  return async (asker) => {
    const { apiType, baseUrl, apiKey } = asker.target
    const own = ownHeaders(asker.target)
    const read =
      apiType === 'google' ? googlePage : apiType === 'anthropic' ? claudePage : openAiPage
    if (!own) return allPages(asker, read, {})
    const asBearer = { ...own.kept, ...bearer(apiKey) }
    if (bearerOnly.has(baseUrl)) return allPages(asker, read, asBearer)
    try {
      return await allPages(asker, read, { ...own.kept, ...own.proof })
    } catch (thrown) {
      // Veloera and old New API refuse these headers on this route (`contracts/exports.md 8.2`).
      if (!isFailureError(thrown) || thrown.failure.httpStatus !== 401) throw thrown
      const names = await allPages(asker, read, asBearer)
      bearerOnly.add(baseUrl)
      return names
    }
  }
}

/** Headers of protocols that do not take the key as a bearer. */
function ownHeaders({ apiType, apiKey }: Target) {
  if (apiType === 'anthropic') {
    return { proof: { 'x-api-key': apiKey }, kept: { 'anthropic-version': '2023-06-01' } }
  }
  return apiType === 'google' ? { proof: { 'x-goog-api-key': apiKey }, kept: {} } : null
}

async function allPages(
  asker: Asker,
  read: ReadPage,
  headers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const proof = Object.keys(headers).length > 0 ? { headers } : {}
  const names = new Set<string>()
  let query: Page['next'] = {}
  for (let page = 0; query && page < MOST_PAGES && names.size < MOST_MODELS; page += 1) {
    const before = names.size
    const { names: more, next: after } = await read(asker, { ...proof, query })
    for (const name of more) names.add(name)
    // A server that does not know pages sends the same one for ever.
    query = names.size > before ? after : undefined
  }
  return [...names].slice(0, MOST_MODELS)
}

async function openAiPage(asker: Asker): Promise<Page> {
  const { pathname } = new URL(withVersion(asker.target.baseUrl, '/v1'))
  const path = `${pathname}/models`
  try {
    return listOf(await asker.get({ path, schema: listSchema }))
  } catch (thrown) {
    const bare = below(asker.target, '/models')
    if (bare === path || !isFailureError(thrown) || !isUnsupported(thrown.failure)) throw thrown
    return listOf(await asker.get({ path: bare, schema: listSchema }))
  }
}

const claudePage: ReadPage = async (asker, { query, ...proof }) => {
  const page = await asker.get({
    path: below(asker.target, '/v1/models'),
    query: { limit: 200, ...query },
    ...proof,
    schema: listSchema,
  })
  const hasNext = page.has_more === true && page.last_id != null
  return { ...listOf(page), ...(hasNext ? { next: { after_id: page.last_id ?? '' } } : {}) }
}

const googlePage: ReadPage = async (asker, { query = {}, ...proof }) => {
  const path = below(asker.target, '/v1beta/models')
  const { models, nextPageToken } = await asker.get({ path, query, ...proof, schema: googleSchema })
  const names = (models ?? []).map(({ name }) => name.replace(/^models\//, ''))
  return { names, ...(nextPageToken ? { next: { pageToken: nextPageToken } } : {}) }
}

function listOf({ data }: z.infer<typeof listSchema>): Page {
  return { names: (data ?? []).map(({ id }) => id) }
}
