import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { OffsetAt } from '@/src/domain/day-window'
import type { JournalEntry } from '@/src/domain/journal'
import { createAccountBook } from '@/src/services/account-book'
import { createJournal } from '@/src/services/automation/journal'
import { type CheckIns, createCheckIns } from '@/src/services/check-in/check-ins'
import { countedWake } from '@/src/services/counted-wake'
import type { DailyAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import { type Disk, memoryVault } from './memory-vault'

/** Runs a call of the worker, as long as it lives. */
export type Step = <T>(work: () => T | Promise<T>) => Promise<T>

/** A worker of the year: it may die between any two calls of what it was given. */
export interface YearWorker {
  readonly checkIns: CheckIns
  readonly isAlive: () => boolean
  /** Whether it asked the browser to keep it alive. */
  readonly isHolding: () => boolean
  readonly died: Promise<'died'>
  /** From now on nothing it began ever ends. */
  readonly die: () => void
  /** After so many calls more it dies. */
  readonly light: (fuse: number) => void
  readonly step: Step
}

/** What a worker finds. */
interface Place {
  readonly disk: Disk
  readonly settings: AutomationSettings
  readonly adapter: DailyAdapter
  /** What time it is, and what the browser's clock shows. */
  readonly trueMs: () => number
  readonly now: () => number
  readonly offsetAt: OffsetAt
  readonly onEnded: (entry: JournalEntry) => void
}

export function startYearWorker(place: Place): YearWorker {
  const { adapter, now, offsetAt, settings } = place
  const life = mortal()
  const { step } = life
  let holders = 0
  const vault = livingVault(memoryVault(place.disk), step)
  const book = createAccountBook({ vault, announce: () => undefined })
  const date = () => new Date(place.trueMs()).toUTCString()
  const answer = { status: 200, contentType: '', text: '', header: date }
  const checkIns = createCheckIns({
    vault,
    book,
    journal: createJournal({ vault, announce: () => undefined, now }),
    settings: () => Promise.resolve(settings),
    descriptions: [],
    adapterFor: () => adapter,
    asAccount: async (id, work) => {
      const page = await book.page(id)
      const { origin, userId } = page.account.decided
      const ctx = { origin, transport: () => Promise.resolve(answer), now }
      return work({ ...page, adapter, ctx, access: { kind: 'cookie', userId }, generation: 'g1b' })
    },
    atNetwork: (work) => work(),
    forgive: () => Promise.resolve(),
    refresh: () => step(() => undefined),
    openTab: () => Promise.resolve(),
    announce: () => undefined,
    wake: countedWake({
      hold: () => step(() => void (holders += 1)),
      release: () => step(() => void (holders -= 1)),
    }),
    replan: () => undefined,
    onEnded: (entry) =>
      step(() => {
        place.onEnded(entry)
      }),
    offsetAt,
    now,
  })
  return { ...life, checkIns, isHolding: () => holders > 0 }
}

const never = <T>() => new Promise<T>(() => undefined)

function mortal() {
  let isDead = false
  let left = Infinity
  let tell: (what: 'died') => void = () => undefined
  const died = new Promise<'died'>((resolve) => {
    tell = resolve
  })
  const die = () => {
    isDead = true
    tell('died')
  }
  const isAlive = () => !isDead
  /** Whether it survives this. */
  const burn = () => {
    left -= 1
    if (left === 0) die()
    return isAlive()
  }
  const step: Step = async (work) => {
    if (!isAlive() || !burn()) return never()
    const value = await work()
    return isAlive() && burn() ? value : never()
  }
  const light = (fuse: number) => {
    left = fuse
  }
  return { died, die, isAlive, light, step }
}

function livingVault(vault: Vault, step: Step): Vault {
  return {
    load: (store, id) => step(() => vault.load(store, id)),
    loadAll: (store) => step(() => vault.loadAll(store)),
    write: (changes) => step(() => vault.write(changes)),
    exclusive: (work) => vault.exclusive(work),
    close: () => undefined,
  }
}
