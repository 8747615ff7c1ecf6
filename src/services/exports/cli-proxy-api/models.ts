import type { Json } from '@/src/net/transport'

import type { Wish } from '../gateway-client'
import { isList, isObject, type JsonObject, textOf } from '../json'

/**
 * The models of an entry after an import: those it has keep their alias and everything else about
 * them, new ones come behind; or, where the wish says so, exactly the wished ones. Wishing for none
 * changes nothing.
 */
export function mergedModels(entry: JsonObject, wish: Wish): readonly Json[] {
  const there = isList(entry['models']) ? entry['models'] : []
  if (wish.models.length === 0) return there
  const known = new Map<string, JsonObject>()
  for (const model of there) if (isObject(model)) known.set(textOf(model, 'name'), model)
  if (wish.replaceModels) {
    return wish.models.map(({ name, alias }) => ({
      ...known.get(name),
      name,
      alias: alias || name,
    }))
  }
  return [...there, ...wish.models.filter(({ name }) => !known.has(name)).map(modelEntry)]
}

/** An empty alias means the name itself (`contracts/exports.md 4.3`). */
export function modelEntry({ name, alias }: Wish['models'][number]): JsonObject {
  return { name, alias: alias || name }
}
