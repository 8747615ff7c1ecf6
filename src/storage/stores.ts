import * as z from 'zod/mini'

import { type AccountRecord, accountRecordSchema } from '@/src/domain/account'
import { type DraftRecord, draftRecordSchema } from '@/src/domain/draft'
import { type GlanceRow, glanceRowSchema } from '@/src/domain/glance'
import { type RefreshJob, refreshJobSchema } from '@/src/domain/job'
import { type SettingsRecord, settingsRecordSchema } from '@/src/domain/settings'
import {
  type BondRecord,
  bondRecordSchema,
  type SnapshotRecord,
  snapshotRecordSchema,
} from '@/src/domain/snapshot'

/** All accounts in list form: a copy of what `accounts` and `snapshots` hold. */
export interface GlanceRecord {
  readonly id: 'glance'
  readonly rows: GlanceRow[]
}

/** The record type of every store. */
export interface StoreTypes {
  accounts: AccountRecord
  snapshots: SnapshotRecord
  bonds: BondRecord
  drafts: DraftRecord
  jobs: RefreshJob
  settings: SettingsRecord
  derived: GlanceRecord
}

export type StoreName = keyof StoreTypes

/**
 * Whose word a store holds. `decided`: the user's, may travel between devices. `told`: a site's,
 * never wins over the user's. `bound`: secrets of this device, never travel. `derived`: a copy.
 */
export type Plane = 'decided' | 'told' | 'bound' | 'derived'

interface StoreDeclaration<S extends StoreName> {
  readonly plane: Plane
  readonly schema: z.ZodMiniType<StoreTypes[S]>
  /** Dot paths of what must never be readable anywhere but inside a sealed record. */
  readonly secretFields: readonly string[]
}

const glanceRecordSchema = z.object({ id: z.literal('glance'), rows: z.array(glanceRowSchema) })

/** Every store is declared here, once. */
export const STORES: { readonly [S in StoreName]: StoreDeclaration<S> } = {
  accounts: {
    plane: 'decided',
    schema: accountRecordSchema,
    secretFields: ['decided.auth.accessToken'],
  },
  snapshots: { plane: 'told', schema: snapshotRecordSchema, secretFields: [] },
  bonds: { plane: 'bound', schema: bondRecordSchema, secretFields: ['session.bearer'] },
  drafts: {
    plane: 'bound',
    schema: draftRecordSchema,
    secretFields: ['access.accessToken', 'access.bearer', 'existingToken'],
  },
  jobs: { plane: 'bound', schema: refreshJobSchema, secretFields: [] },
  settings: { plane: 'decided', schema: settingsRecordSchema, secretFields: [] },
  derived: { plane: 'derived', schema: glanceRecordSchema, secretFields: [] },
}

export const STORE_NAMES = Object.keys(STORES) as StoreName[]
