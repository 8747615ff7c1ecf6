import * as z from 'zod/mini'

import type { Access, SiteContext } from '../adapter'
import { distinct } from '../new-api/key-models'
import { fetchData } from '../new-api/request'
import { asOwner } from './owner'

const PATH = '/api/available_model'

const modelsSchema = z.record(z.string(), z.unknown())

/**
 * Names of the models the user may call (`contracts/donehub.md 6.2`). Only a cookie is looked at:
 * whoever has a token sees those of the public groups. A name that ends in `*` stands for many and
 * cannot be called.
 */
export async function fetchModels(ctx: SiteContext, access: Access): Promise<readonly string[]> {
  const read = (proof: Access | null) => fetchData(ctx, proof, { path: PATH }, modelsSchema)
  const models =
    access.kind === 'cookie' ? await asOwner(ctx, access, () => read(access)) : await read(null)
  return distinct(Object.keys(models)).filter((name) => !name.endsWith('*'))
}
