import { REFRESH_CONCURRENCY } from '@/src/services/refresh-run'

import { tableLines } from '../table'
import type { KeysCost } from './keys-cost'
import { KEYS } from './keys-seed'
import type { PageCost } from './page-metrics'
import type { RefreshCost } from './refresh-cost'

/** Of every answer of a relay while refreshes are measured. */
export const LATENCY_MS = 50
/** Requests one account needs in a steady refresh, sent side by side. */
const REQUESTS_PER_ACCOUNT = 2

/** The product to beat: medians of its own build, same number of accounts. */
const REFERENCE = {
  popupFirstRowMs: { 50: 1180, 300: 5496, 1000: 67_000 },
  accountsFirstRowMs: { 50: 1428, 300: 6017, 1000: 69_500 },
  refreshMs: { 50: 3200, 300: 57_000 },
  popupKib: 5816,
  optionsKib: 6351,
  workerKib: 5125,
  coldAnswerMs: 305,
} as const

/** What is asked of the Keys page with 2,000 keys. */
const LIMIT = { interactiveMs: 1000, keystrokeMs: 50 } as const

export interface AccountsRound {
  readonly accounts: number
  readonly popup: PageCost & {
    /** What the worker does after the paint because a popup was opened. */
    readonly automationMs: number
  }
  readonly options: PageCost
  readonly refresh?: RefreshCost
}

/** What does not depend on the number of accounts. */
export interface Basics {
  readonly emptyPageMs: number
  readonly coldAnswerMs: number
  readonly popupKib: number
  readonly optionsKib: number
  readonly workerKib: number
  readonly foreignContexts: number
}

export interface Measured {
  /** Absent = only the keys were measured. */
  readonly accounts?: { readonly basics: Basics; readonly rounds: readonly AccountsRound[] }
  readonly keys: KeysCost
}

interface Row {
  readonly what: string
  readonly value: number
  readonly unit?: 'ms' | 'MiB' | 'KiB'
  readonly reference?: number | undefined
  readonly note?: string
}

/** The figures as a table. */
export function reportText({ accounts, keys }: Measured): string {
  const rows = [
    ...(accounts?.rounds ?? []).flatMap((round) => roundRows(round, accounts!.basics)),
    ...(accounts ? basicRows(accounts.basics) : []),
    ...keyRows(keys),
  ]
  const cells = rows.map(({ what, value, unit = '', reference, note = '' }) => [
    what,
    value.toFixed(1),
    unit,
    reference === undefined ? '' : String(reference),
    reference === undefined ? '' : (value / reference).toFixed(4),
    note,
  ])
  const header = ['what', 'median', 'unit', 'reference', 'ratio', 'note']
  return tableLines(header, cells, [1, 3, 4]).join('\n')
}

function roundRows({ accounts, popup, options, refresh }: AccountsRound, basics: Basics): Row[] {
  const known = accounts as 50 | 300 | 1000
  const inPopup = `popup, ${String(accounts)} accounts`
  const onPage = `accounts page, ${String(accounts)}`
  return [
    {
      what: `${inPopup}: first row`,
      value: popup.firstRowMs,
      unit: 'ms',
      reference: REFERENCE.popupFirstRowMs[known],
    },
    { what: `${inPopup}: x empty page`, value: popup.firstRowMs / basics.emptyPageMs },
    { what: `${inPopup}: task time`, value: popup.taskMs, unit: 'ms' },
    { what: `${inPopup}: automation after it`, value: popup.automationMs, unit: 'ms' },
    { what: `${inPopup}: heap`, value: popup.heapMib, unit: 'MiB' },
    { what: `${inPopup}: elements`, value: popup.elements },
    {
      what: `${onPage}: first row`,
      value: options.firstRowMs,
      unit: 'ms',
      reference: REFERENCE.accountsFirstRowMs[known],
    },
    { what: `${onPage}: heap`, value: options.heapMib, unit: 'MiB' },
    { what: `${onPage}: elements`, value: options.elements },
    ...(refresh ? refreshRows(accounts as 50 | 300, refresh) : []),
  ]
}

function refreshRows(accounts: 50 | 300, refresh: RefreshCost): Row[] {
  const what = `refresh of ${String(accounts)}`
  const limit =
    (accounts * REQUESTS_PER_ACCOUNT * LATENCY_MS) / (REFRESH_CONCURRENCY * REQUESTS_PER_ACCOUNT)
  const reference = REFERENCE.refreshMs[accounts]
  return [
    { what, value: refresh.wallMs, unit: 'ms', reference },
    { what: `${what}: x limit of ${String(limit)} ms`, value: refresh.wallMs / limit },
    { what: `${what}: requests`, value: refresh.requests },
    { what: `${what}: longest frame gap`, value: refresh.longestGapMs, unit: 'ms' },
  ]
}

function basicRows(basics: Basics): Row[] {
  const size = (what: string, value: number, reference: number): Row => {
    return { what, value, unit: 'KiB', reference }
  }
  return [
    { what: 'empty React page: first row', value: basics.emptyPageMs, unit: 'ms' },
    {
      what: 'worker: cold message to answer',
      value: basics.coldAnswerMs,
      unit: 'ms',
      reference: REFERENCE.coldAnswerMs,
    },
    size('popup: JS + CSS', basics.popupKib, REFERENCE.popupKib),
    size('accounts page: JS + CSS', basics.optionsKib, REFERENCE.optionsKib),
    size('worker: scripts', basics.workerKib, REFERENCE.workerKib),
    { what: 'extension contexts in a foreign page', value: basics.foreignContexts },
  ]
}

function keyRows(keys: KeysCost): Row[] {
  const onPage = `keys page, ${String(KEYS)} keys`
  const { page, keystrokeMs } = keys
  const ms = (what: string, value: number, note = ''): Row => ({ what, value, unit: 'ms', note })
  const kib = (what: string, value: number): Row => ({ what, value, unit: 'KiB' })
  const interactive = `limit ${String(LIMIT.interactiveMs)} ms`
  const keystroke = `limit ${String(LIMIT.keystrokeMs)} ms`
  const presses = `of ${String(keystrokeMs.presses)} presses`
  return [
    ms(`${onPage}: first row`, page.firstRowMs),
    { what: `${onPage}: x empty page`, value: page.firstRowMs / keys.emptyPageMs },
    ms(`${onPage}: interactive`, keys.interactiveMs, interactive),
    ms(`${onPage}: interactive, worker asleep`, keys.coldInteractiveMs, interactive),
    ms(`${onPage}: task time`, page.taskMs),
    { what: `${onPage}: heap`, value: page.heapMib, unit: 'MiB' },
    { what: `${onPage}: elements`, value: page.elements },
    ms(`${onPage}: keystroke to result`, keystrokeMs.median, keystroke),
    ms(`${onPage}: slowest key, median`, keystrokeMs.slowestKey, keystroke),
    ms(`${onPage}: slowest press`, keystrokeMs.worst, `${keystroke}, ${presses}`),
    ms(`${onPage}: longest task while typing`, keys.longestTaskMs, '0 = none of 50 ms'),
    ms('keys.lists: message to answer', keys.listsMs),
    ms('keys.lists: worker asleep', keys.coldListsMs),
    kib('keys.lists: answer', keys.listsKib),
    kib('keys page: JS + CSS', keys.pageKib),
    kib('worker: second script', keys.lateKib),
    kib('worker: script of the automation', keys.automationKib),
  ]
}
