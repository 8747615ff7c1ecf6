import { DEFAULT_EXCHANGE_RATE } from '@/src/domain/money'
import { parseOrigin } from '@/src/domain/origin'
import type { AuthMode, SiteDescription } from '@/src/domain/site-description'
import { SITE_TYPES, type SiteType } from '@/src/domain/site-type'

/** What the form for an account holds, as text where a person types text. */
export interface DraftValues {
  readonly origin: string
  readonly siteType: SiteType
  readonly name: string
  readonly userId: string
  readonly username: string
  /** `null` = not chosen: the first one the family has. */
  readonly method: AuthMode | null
  readonly token: string
  readonly exchangeRate: string
}

/** Values as the family of the site has them: see {@link fitTo}. */
export interface FittedValues extends DraftValues {
  readonly method: AuthMode
}

export type DraftField = keyof DraftValues

/** Form values and which of them a person set: those are never filled over. */
export interface Draft {
  readonly values: DraftValues
  readonly typed: ReadonlySet<DraftField>
}

export function emptyDraft(origin: string): Draft {
  const values: DraftValues = {
    origin,
    siteType: SITE_TYPES[0],
    name: '',
    userId: '',
    username: '',
    method: null,
    token: '',
    exchangeRate: String(DEFAULT_EXCHANGE_RATE),
  }
  return { values, typed: new Set() }
}

/** A person set a value. Another address forgets what was found at the one before. */
export function typeInto(draft: Draft, edit: Partial<DraftValues>): Draft {
  const { values } = leadsElsewhere(draft, edit) ? onlyTyped(draft) : draft
  return {
    values: { ...values, ...edit },
    typed: new Set([...draft.typed, ...fieldsOf(edit)]),
  }
}

/** The product found a value: only fields nobody typed into take it. */
export function fillIn(draft: Draft, found: Partial<DraftValues>): Draft {
  const free = fieldsOf(found).filter((field) => !draft.typed.has(field))
  return { ...draft, values: { ...draft.values, ...pick(found, free) } }
}

/** Whether an edit changes which site the form is about. */
export function leadsElsewhere({ values }: Draft, { origin }: Partial<DraftValues>): boolean {
  return origin !== undefined && originIn(origin) !== originIn(values.origin)
}

/** The values with what the family decides: its access methods, the address of a hosted service. */
export function fitTo({ values, typed }: Draft, site: SiteDescription | undefined): FittedValues {
  const modes = site?.authModes ?? []
  const method = modes.find((mode) => mode === values.method) ?? modes[0] ?? values.method
  const fitted = { ...values, method: method ?? 'token' }
  if (!site?.hosted) return fitted
  const name = typed.has('name') ? values.name : site.label
  return { ...fitted, name, origin: site.hosted.origin }
}

/** `NaN` for text that is no number. Full-width digits count. */
export function parseRate(text: string): number {
  const plain = text.normalize('NFKC').trim()
  return plain === '' ? Number.NaN : Number(plain)
}

/** The origin in `text`, or `null` when it is no web address. */
export function originIn(text: string): string | null {
  try {
    return parseOrigin(text)
  } catch {
    return null
  }
}

/** The host in `text`, or the text itself when it is no web address. */
export function hostIn(text: string): string {
  const origin = originIn(text)
  return origin === null ? text : new URL(origin).host
}

function onlyTyped({ values, typed }: Draft): Draft {
  const empty = emptyDraft(values.origin)
  return { typed, values: { ...empty.values, ...pick(values, [...typed]) } }
}

function pick(values: Partial<DraftValues>, fields: readonly DraftField[]): Partial<DraftValues> {
  return Object.fromEntries(fields.map((field) => [field, values[field]]))
}

function fieldsOf(values: Partial<DraftValues>): DraftField[] {
  return Object.keys(values) as DraftField[]
}
