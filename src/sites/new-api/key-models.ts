import * as z from 'zod/mini'

import { failureOf } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchData } from './request'

/** A Go server may write `null` for an empty list. */
const namesSchema = z.nullable(z.array(z.string()))

/**
 * Names of the models the user may call (`contracts/new-api.md 4.2`), from the first of `paths` that
 * the server has.
 */
export function modelsFrom(...paths: [string, ...string[]]) {
  return async (ctx: SiteContext, access: Access): Promise<readonly string[]> => {
    const [path, ...others] = paths
    try {
      return distinct((await fetchData(ctx, access, { path }, namesSchema)) ?? [])
    } catch (thrown) {
      const [next, ...rest] = others
      if (next === undefined || failureOf(thrown).class !== 'unsupported') throw thrown
      return modelsFrom(next, ...rest)(ctx, access)
    }
  }
}

/** Each name once, none of them empty. */
export function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '')
}
