import * as z from 'zod/mini'

import { type AccountRecord, accountRecordSchema } from '@/src/domain/account'
import { type Agenda, agendaSchema } from '@/src/domain/agenda'
import {
  type AutomationSettingsRecord,
  automationSettingsRecordSchema,
} from '@/src/domain/automation-settings'
import { type CheckInRecord, checkInRecordSchema } from '@/src/domain/check-in'
import { type CheckRun, checkRunSchema } from '@/src/domain/check-run'
import { type Chore, choreSchema } from '@/src/domain/chore'
import {
  type CredentialRecord,
  credentialRecordSchema,
  type CredentialState,
  credentialStateSchema,
  type Tag,
  tagSchema,
} from '@/src/domain/credential'
import { type DraftRecord, draftRecordSchema } from '@/src/domain/draft'
import {
  type GatewayRecord,
  gatewayRecordSchema,
  type LedgerEntry,
  ledgerEntrySchema,
} from '@/src/domain/export-record'
import { glanceRowSchema } from '@/src/domain/glance'
import { type JournalEntry, journalEntrySchema } from '@/src/domain/journal'
import { type ChannelRecord, channelRecordSchema } from '@/src/domain/notice'
import { type QuietRecord, quietRecordSchema } from '@/src/domain/quiet'
import {
  type RedeemBatch,
  redeemBatchSchema,
  type SentCode,
  sentCodeSchema,
} from '@/src/domain/redemption'
import { type RefreshJob, refreshJobSchema } from '@/src/domain/job'
import {
  type KeyListRecord,
  keyListRecordSchema,
  type KeySecretsRecord,
  keySecretsRecordSchema,
  type TotpRecord,
  totpRecordSchema,
} from '@/src/domain/key-list'
import { type SettingsRecord, settingsRecordSchema } from '@/src/domain/settings-schema'
import { type SiteRecord, siteRecordSchema } from '@/src/domain/site-record'
import {
  type BondRecord,
  bondRecordSchema,
  type SnapshotRecord,
  snapshotRecordSchema,
} from '@/src/domain/snapshot'

/** The list form of all accounts: a copy that can be rebuilt from accounts and snapshots. */
const glanceRecordSchema = z.object({ id: z.literal('glance'), rows: z.array(glanceRowSchema) })

export type GlanceRecord = z.infer<typeof glanceRecordSchema>

/** What each record store holds. */
export interface StoreTypes {
  accounts: AccountRecord
  snapshots: SnapshotRecord
  bonds: BondRecord
  drafts: DraftRecord
  jobs: RefreshJob
  settings: SettingsRecord
  sites: SiteRecord
  derived: GlanceRecord
  keyLists: KeyListRecord
  keySecrets: KeySecretsRecord
  totp: TotpRecord
  credentials: CredentialRecord
  credentialStates: CredentialState
  tags: Tag
  checkRuns: CheckRun
  gateways: GatewayRecord
  exports: LedgerEntry
  chores: Chore
  agenda: Agenda
  automation: AutomationSettingsRecord
  checkIns: CheckInRecord
  journal: JournalEntry
  batches: RedeemBatch
  sentCodes: SentCode
  channels: ChannelRecord
  quiet: QuietRecord
}

export type StoreName = keyof StoreTypes

/**
 * Where a record's content comes from, and so what may happen to it: `decided` by the user
 * (precious, travels between devices), `told` by a site (a refresh brings it back), `bound` to this
 * device (never leaves it), `derived` from other records (may be deleted at any time).
 */
export type Plane = 'decided' | 'told' | 'bound' | 'derived'

export interface StoreDeclaration<Stored> {
  /** Of the stored record; one that no start needs is made when it is asked for first. */
  readonly schema: () => z.ZodMiniType<Stored>
  /** Version records are written with; raising it takes a step in `migrations/chain.ts`. */
  readonly version: number
  readonly plane: Plane
  /** Dot paths (`*` = any name) of values that must never be shown, logged or exported in clear. */
  readonly secretFields: readonly string[]
}

/** Every record store, declared once. A new one also takes a step in `connection.ts`. */
export const STORES: { readonly [S in StoreName]: StoreDeclaration<StoreTypes[S]> } = {
  accounts: {
    schema: () => accountRecordSchema,
    version: 1,
    plane: 'decided',
    secretFields: ['decided.auth.accessToken'],
  },
  snapshots: { schema: () => snapshotRecordSchema, version: 1, plane: 'told', secretFields: [] },
  bonds: {
    schema: () => bondRecordSchema,
    version: 1,
    plane: 'bound',
    secretFields: ['session.bearer', 'session.sessionId', 'session.refreshToken', 'cookies.header'],
  },
  drafts: {
    schema: () => draftRecordSchema,
    version: 1,
    plane: 'bound',
    secretFields: [
      'access.accessToken',
      'access.bearer',
      'access.sessionId',
      'existingToken',
      'refreshToken',
    ],
  },
  jobs: { schema: () => refreshJobSchema, version: 1, plane: 'bound', secretFields: [] },
  sites: { schema: () => siteRecordSchema, version: 1, plane: 'bound', secretFields: [] },
  settings: { schema: () => settingsRecordSchema, version: 1, plane: 'decided', secretFields: [] },
  derived: { schema: () => glanceRecordSchema, version: 1, plane: 'derived', secretFields: [] },
  keyLists: { schema: () => keyListRecordSchema, version: 1, plane: 'told', secretFields: [] },
  keySecrets: {
    schema: () => keySecretsRecordSchema,
    version: 1,
    // Some sites show a key once: nothing could bring it back.
    plane: 'bound',
    secretFields: ['secrets.*.text'],
  },
  totp: { schema: () => totpRecordSchema, version: 1, plane: 'bound', secretFields: ['secret'] },
  credentials: {
    schema: () => credentialRecordSchema,
    version: 1,
    plane: 'decided',
    secretFields: ['decided.apiKey'],
  },
  credentialStates: {
    schema: () => credentialStateSchema,
    version: 1,
    plane: 'told',
    secretFields: [],
  },
  tags: { schema: () => tagSchema, version: 1, plane: 'decided', secretFields: [] },
  checkRuns: { schema: () => checkRunSchema, version: 1, plane: 'told', secretFields: [] },
  gateways: {
    schema: () => gatewayRecordSchema,
    version: 1,
    plane: 'decided',
    secretFields: ['secret'],
  },
  exports: { schema: () => ledgerEntrySchema, version: 1, plane: 'decided', secretFields: [] },
  chores: { schema: () => choreSchema, version: 1, plane: 'bound', secretFields: [] },
  agenda: { schema: () => agendaSchema, version: 1, plane: 'derived', secretFields: [] },
  automation: {
    schema: automationSettingsRecordSchema,
    version: 1,
    plane: 'decided',
    secretFields: [],
  },
  // What was sent must be known after a power cut, or it would be sent again.
  checkIns: { schema: checkInRecordSchema, version: 1, plane: 'bound', secretFields: [] },
  journal: { schema: journalEntrySchema, version: 1, plane: 'bound', secretFields: [] },
  batches: {
    schema: redeemBatchSchema,
    version: 1,
    plane: 'bound',
    secretFields: ['codes.*.code'],
  },
  sentCodes: { schema: sentCodeSchema, version: 1, plane: 'bound', secretFields: [] },
  channels: {
    schema: channelRecordSchema,
    version: 1,
    plane: 'decided',
    secretFields: ['config.address', 'config.token', 'config.secret', 'config.chatId'],
  },
  quiet: { schema: quietRecordSchema, version: 1, plane: 'bound', secretFields: [] },
}
