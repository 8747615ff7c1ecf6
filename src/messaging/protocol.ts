import * as z from 'zod/mini'

import { accountDecidedSchema, accountEditSchema, accountIdSchema } from '@/src/domain/account'
import { glanceRowSchema } from '@/src/domain/glance'
import { jobIdSchema, type JobProgress, jobProgressSchema } from '@/src/domain/job'
import type { HelpProgress } from '@/src/domain/help'
import { LOGIN_WAYS, recognisedSchema } from '@/src/domain/recognition'
import type { Settings } from '@/src/domain/settings'
import { settingsSchema } from '@/src/domain/settings-schema'
import { siteDescriptionSchema } from '@/src/domain/site-description'
import { siteAccessSchema } from '@/src/domain/site-record'
import { siteTypeSchema } from '@/src/domain/site-type-schema'
import { snapshotRecordSchema } from '@/src/domain/snapshot'
import { isOrigin } from '@/src/domain/origin'

import type { AutomationProtocol } from './automation-protocol'
import type { LateProtocol } from './late-protocol'

// Extension pages forbid `new Function`; without this zod would try it and log a CSP violation.
z.config({ jitless: true })

const none = z.strictObject({})
const origin = z.string().check(z.refine(isOrigin))
const tabId = z.int().check(z.nonnegative())

/** A stored record that could not be opened. */
export const damagedRecordSchema = z.object({
  store: z.string(),
  id: z.string(),
  reason: z.enum(['tampered', 'unreadable', 'invalid']),
})

/** An account as its detail panel shows it: everything but the secrets. */
export const accountDetailsSchema = z.object({
  row: glanceRowSchema,
  notes: z.string(),
  createdAtMs: z.int(),
  snapshot: snapshotRecordSchema,
  hasAccessToken: z.boolean(),
  automation: z.object({
    refresh: z.boolean(),
    checkIn: z.boolean(),
    lowBalanceUsd: z.nullable(z.number()),
    checkInUrl: z.string(),
  }),
  /** Whether the browser currently grants access to the account's site. */
  accessGranted: z.boolean(),
})

const manualAccount = z.pick(accountDecidedSchema, {
  origin: true,
  siteType: true,
  auth: true,
  name: true,
  username: true,
  exchangeRate: true,
})

/**
 * Every message an extension page may send to the worker: name → input and output. Inputs are
 * parsed at the worker's door; the reply is `{ ok: true, value }` or `{ ok: false, failure }`.
 * Adding a message is one entry here; the compiler then asks for its handler.
 */
export const protocol = {
  /** What a page needs before its first paint. */
  'app.boot': {
    input: none,
    output: z.object({ settings: settingsSchema, job: z.nullable(jobProgressSchema) }),
  },
  /** All accounts in list form, and what could not be opened. */
  'accounts.glance': {
    input: none,
    output: z.object({ rows: z.array(glanceRowSchema), damaged: z.array(damagedRecordSchema) }),
  },
  'accounts.details': {
    input: z.strictObject({ id: accountIdSchema }),
    output: accountDetailsSchema,
  },
  /**
   * Adds what the user typed. `refreshNow` starts a refresh of the new account. Without a user id
   * the site is asked whose the token is; `input`/`user-id-needed` where only the user knows.
   * Fails with `input`/`duplicate` (field `userId`) for a user of that origin already stored.
   */
  'accounts.add': {
    input: z.strictObject({
      account: z.extend(manualAccount, {
        /** Empty = look it up by the token, where the family can. */
        userId: z.string().check(z.maxLength(64)),
      }),
      refreshNow: z.boolean(),
    }),
    output: z.object({ id: accountIdSchema }),
  },
  /**
   * Adds what recognition found, in one of its `ways`. `new-token` makes a new access token: the
   * user has confirmed that the previous one stops.
   */
  'accounts.addRecognised': {
    input: z.strictObject({
      draftId: z.string(),
      name: z.string().check(z.minLength(1), z.maxLength(120)),
      exchangeRate: z.number().check(z.positive(), z.maximum(100_000)),
      way: z.enum(LOGIN_WAYS),
    }),
    output: z.object({ id: accountIdSchema }),
  },
  /**
   * Gives a stored account the login that recognition or a sign-in found for the same user.
   * Fails with `identity` when it is another user's.
   */
  'accounts.takeLogin': {
    input: z.strictObject({ id: accountIdSchema, draftId: z.string(), way: z.enum(LOGIN_WAYS) }),
    output: none,
  },
  'accounts.edit': {
    input: z.strictObject({ id: accountIdSchema, edit: accountEditSchema }),
    output: none,
  },
  /** Forgets accounts here; nothing changes at their sites. Unknown ids are ignored. */
  'accounts.remove': {
    input: z.strictObject({ ids: z.array(accountIdSchema) }),
    output: none,
  },
  /** Deletes records that cannot be opened, as listed in `damaged`. */
  'storage.removeDamaged': {
    input: z.strictObject({
      records: z.array(z.pick(damagedRecordSchema, { store: true, id: true })),
    }),
    output: none,
  },
  /** Refreshes the given accounts, or all enabled ones; joins a running refresh of all. */
  'refresh.start': {
    input: z.strictObject({ ids: z.optional(z.array(accountIdSchema)) }),
    output: z.object({ jobId: jobIdSchema }),
  },
  'refresh.cancel': { input: z.strictObject({ jobId: jobIdSchema }), output: none },
  /** The running refresh, or the last one of this browser run. */
  'refresh.progress': { input: none, output: z.nullable(jobProgressSchema) },
  'sites.describe': { input: none, output: z.array(siteDescriptionSchema) },
  /**
   * Finds out what runs at `origin` and who is logged in, in an open tab of it. The output says how
   * far that came; its `failure` is `needs-tab` when none is open, `login` when nobody is logged
   * in, `access` when the browser has not granted the site. `siteType`: the user's own word on what
   * runs there.
   */
  'sites.recognise': {
    input: z.strictObject({
      origin,
      tabId: z.optional(tabId),
      siteType: z.optional(siteTypeSchema),
    }),
    output: recognisedSchema,
  },
  /** Which software runs at `origin`, asked without any login and without a tab. */
  'sites.detect': { input: z.strictObject({ origin }), output: recognisedSchema },
  /**
   * Signs in at a site whose sessions can be Relaydeck's own. Password and code are used once and
   * kept nowhere. Ends with a recognition to be added, or with `failure`: `proof` (`second-factor`:
   * ask again with `code`; `captcha`), `login` (`invalid-credentials`).
   */
  'sites.signIn': {
    input: z.strictObject({
      origin,
      siteType: siteTypeSchema,
      login: z.string().check(z.minLength(1), z.maxLength(320)),
      password: z.string().check(z.minLength(1), z.maxLength(1024)),
      code: z.optional(z.string().check(z.minLength(4), z.maxLength(16))),
    }),
    output: recognisedSchema,
  },
  /** Every site Relaydeck may reach or has accounts at. */
  'sites.access': { input: none, output: z.array(siteAccessSchema) },
  /**
   * Gives access back to the browser; nothing is sent to the site from then on. Accounts stay.
   * Two ports of one host share one permission.
   */
  'sites.revoke': { input: z.strictObject({ origins: z.array(origin) }), output: none },
  /** Whether the site may be opened unseen when a protection page stands in the way. */
  'sites.setAutoHelp': {
    input: z.strictObject({ origin, allowed: z.boolean() }),
    output: none,
  },
  /** Opens these sites one after the other, so that the user can pass their protection pages. */
  'help.start': { input: z.strictObject({ origins: z.array(origin) }), output: none },
  'help.stop': { input: none, output: none },
  'help.progress': { input: none, output: z.custom<HelpProgress>() },
  /** Opens the site in a new tab, because the user asked for it. */
  'sites.openTab': { input: z.strictObject({ origin }), output: z.object({ tabId }) },
  'settings.set': {
    input: z.strictObject({ edit: z.partial(settingsSchema) }),
    output: settingsSchema,
  },
}

/** What the worker answers without loading more of itself. */
export type MainProtocol = typeof protocol
export type Protocol = MainProtocol & LateProtocol & AutomationProtocol
export type MessageName = keyof Protocol
export type InputOf<Name extends MessageName> = z.infer<Protocol[Name]['input']>
export type OutputOf<Name extends MessageName> = z.infer<Protocol[Name]['output']>

export type AccountDetails = z.infer<typeof accountDetailsSchema>
export type DamagedRecord = z.infer<typeof damagedRecordSchema>

/** What travels from a page to the worker. */
export const envelopeSchema = z.strictObject({ name: z.string(), input: z.unknown() })

/**
 * What the worker announces to open pages; an event only says what to read again. `accounts`:
 * accounts were added, changed or removed, without ids any of them.
 */
export type AppEvent =
  | { readonly topic: 'accounts'; readonly ids?: readonly string[] }
  | { readonly topic: 'settings'; readonly settings: Settings }
  | { readonly topic: 'job'; readonly job: JobProgress }
  | { readonly topic: 'help'; readonly help: HelpProgress }
  /** Access to a site was granted or taken back. */
  | { readonly topic: 'access' }
  /** Key lists, a repair or a rotation changed. */
  | { readonly topic: 'keys' }
  /** Credentials, what they told, or tags changed. */
  | { readonly topic: 'credentials' }
  /** A verification went a step further. */
  | { readonly topic: 'checks' }
  /** The destination ledger or a gateway changed. */
  | { readonly topic: 'exports' }
  /** A check-in, a plan for one, or a run went a step further. */
  | { readonly topic: 'check-in' }
  /** An offer of codes or a batch changed. */
  | { readonly topic: 'redeem' }
  /** The journal has something new. */
  | { readonly topic: 'journal' }
  /** Settings of the automation, channels or warnings changed. */
  | { readonly topic: 'automation' }
