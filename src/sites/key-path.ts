import { raise } from '@/src/domain/failure'

/** Where a site has one key, and what an id of it looks like. */
interface KeyPlace {
  /** Path of all keys, to which the id is added. */
  readonly list: string
  readonly form: RegExp
  /** The path as failures tell it, where it differs. */
  readonly shown?: string
}

/** @throws `not-found` for what is no id: it must not become part of a path */
export function keyPath({ list, form, shown = list }: KeyPlace, keyId: string): string {
  if (!form.test(keyId)) raise({ class: 'not-found', reason: 'no-such-key', path: shown })
  return `${list.replace(/\/$/, '')}/${keyId}`
}

/** An answer about another key than the one asked for. */
export const wrongKey = (path: string, field = 'data.id') =>
  ({ class: 'changed-api', reason: 'unexpected-shape', field, path }) as const
