import type { JsonObject } from '../json'
import type { ListName, Selector } from './management'

/**
 * What one list needs so that a key stands in it. Planned anew from every reading: an import that
 * is done plans `nothing`.
 */
export type Plan =
  | { readonly act: 'nothing'; readonly providerName: string }
  | { readonly act: 'append'; readonly entry: JsonObject; readonly providerName: string }
  | {
      readonly act: 'change'
      readonly at: number
      readonly entry: JsonObject
      /** `list` = this server changes it only as part of the whole list. */
      readonly by: Selector | 'list'
      readonly providerName: string
    }

/** Plans one import into one list. */
export interface Planner {
  readonly list: ListName
  /** @throws `input` when a person has to decide. */
  plan(entries: readonly JsonObject[]): Plan
  /** Whether the key is there at all, whatever else is missing. */
  holds(entries: readonly JsonObject[]): boolean
}
