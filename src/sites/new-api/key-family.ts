import type * as z from 'zod/mini'

import type { KeyEdit, KeyFeatures, KeyField } from '@/src/domain/api-key'
import type { Generation } from '@/src/domain/site-type'

import type { Access, SiteContext } from '../adapter'
import type { KeyForm } from './keys'
import type { ApiKeyAnswer } from './schemas'

type JsonValue = z.infer<ReturnType<typeof z.json>>

/** A key as the server writes it, fields we do not know among them. */
export type WireKey = Readonly<Record<string, JsonValue>>

/** How a member of the family differs in what it does with keys. */
export interface KeyFamily<Row extends ApiKeyAnswer> {
  readonly form: KeyForm<Row>
  readonly features: (generation: Generation) => KeyFeatures
  /** What `edit` decides, as the server takes it; `before` is what it has, `{}` for a new key. */
  readonly fieldsOf: (edit: KeyEdit, before: WireKey, generation: Generation) => WireKey
  readonly fetchModels: (ctx: SiteContext, access: Access) => Promise<readonly string[]>
  /** How the routes say that a change is about the status alone. */
  readonly statusOnly: 'true' | '1'
  /**
   * Makes sure that the site takes us for `access.userId`, where nothing in a request names the user.
   *
   * @throws `identity` when it does not
   */
  readonly confirmOwner?: (ctx: SiteContext, access: Access) => Promise<unknown>
  /** Absent = lists always have the keys in full. */
  readonly reveal?: RevealRoutes
}

/** The calls that show a key in full. */
export interface RevealRoutes {
  /** `POST` first and `GET` where that is missing, or `GET` alone (`contracts/new-api.md 6.6`). */
  readonly one: readonly ('POST' | 'GET')[]
  /** Most keys of the call for many; absent = there is no such call. */
  readonly most?: number
}

/** The fields of every member. */
const FIELDS: readonly KeyField[] = ['name', 'remaining', 'expiresAtMs', 'modelLimits', 'ipLimits']

/** What all members allow; the same can be set at first and changed later. */
export function featuresWith(
  more: readonly KeyField[],
  rest: Pick<KeyFeatures, 'nameBytes' | 'groups' | 'ipForm' | 'secret'>,
): KeyFeatures {
  const fields = [...FIELDS, ...more]
  return {
    create: fields,
    edit: fields,
    expiryInDays: false,
    canDisable: true,
    canRemove: true,
    ...rest,
  }
}
