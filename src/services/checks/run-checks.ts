import type { ApiType } from '@/src/domain/chat-endpoints'
import { type CheckRun, type Probe, PROBES, type ProbeResult } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import { settle } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import type { Transport } from '@/src/net/transport'
import { createTurns, type Turns } from '@/src/storage/turns'
import type { Vault } from '@/src/storage/vault'

import { type CheckHistory, createCheckHistory, isSameSource, sourceMark, stopped } from './history'
import { type BearerBases, listModels, type ModelList } from './models'
import { ownWords } from './own-words'
import { type OfferedModels, offeredModels } from './offered-models'
import { probeModel, probeModels, type ProbePorts, type Subject } from './probe'

/** What a verification needs from outside. */
export interface CheckPorts {
  readonly vault: Vault
  /** The whole key of a source and where it is used; throws a failure when it cannot be had. */
  readonly recordOf: (source: KeySource, signal?: AbortSignal) => Promise<ExportRecord>
  readonly transportTo: (origin: string) => Transport
  /** Something about the runs changed. */
  readonly announce: () => void
  /** Held once per run: it has to count. */
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly now: () => number
}

export interface CheckRequest {
  readonly source: KeySource
  readonly apiType: ApiType
  readonly model?: string
  readonly probes: readonly Probe[]
}

/** Verifies keys, one run per key at a time; every run is kept. */
export interface CheckRunner {
  /**
   * Begins a run and answers with its id; of a key that is being checked already, with the id of
   * that run.
   *
   * @throws why the key cannot be had
   */
  start(request: CheckRequest): Promise<string>
  /** Ends a run where it is; what it has found stays. No error when it is over. */
  stop(id: string): Promise<void>
  /** Newest first; of one source or of all. */
  runs(source?: KeySource): Promise<CheckRun[]>
  /** Forgets runs that are over. */
  clear(source?: KeySource): Promise<void>
  /**
   * The live models of a key by one protocol, and the one a run would take.
   *
   * @throws why there is no list
   */
  models(source: KeySource, apiType: ApiType): Promise<OfferedModels>
  /** One probe outside of any run, kept nowhere; never throws. */
  probe(probe: 'models' | 'text', subject: Subject, signal?: AbortSignal): Promise<ProbeResult>
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>
}

interface Active {
  run: CheckRun
  readonly abort: AbortController
  /** It has had its turn at the site. */
  begun: boolean
  ended: Promise<void>
}

export function createCheckRunner(ports: CheckPorts): CheckRunner {
  const history = createCheckHistory(ports.vault, ports.now)
  const bearerBases: BearerBases = new Set()
  const active = new Map<string, Active>()
  const starting = new Map<string, Promise<string>>()
  const turnsOf = createOriginTurns()

  function probePorts(signal?: AbortSignal): ProbePorts {
    const { transportTo, now } = ports
    const list = { transportTo, bearerBases, ...(signal ? { signal } : {}) }
    return { ...list, now, listOf: rememberLists((...of) => listModels(list, ...of)) }
  }

  function runningOf(source: KeySource): Active | undefined {
    return [...active.values()].find(({ run }) => isSameSource(run.source, source))
  }

  async function begin(request: CheckRequest): Promise<string> {
    // First of all: what a dead worker left is to be told from what runs here.
    await history.all()
    const record = await ports.recordOf(request.source)
    const run = newRun(request, record, ports.now())
    const current: Active = {
      run,
      abort: new AbortController(),
      begun: false,
      ended: Promise.resolve(),
    }
    active.set(run.id, current)
    await settle(() => ports.wake.hold())
    await report(current, run)
    const subject = subjectOf(request, record)
    current.ended = turnsOf(record.baseUrl).take(async () => {
      current.begun = true
      const { signal } = current.abort
      if (!signal.aborted) await perform(current, subject, probePorts(signal), report)
      await end(current)
    })
    return run.id
  }

  async function report(current: Active, run: CheckRun): Promise<void> {
    current.run = run
    // A failing disk must not end a check that goes well.
    await settle(() => history.keep(run))
    ports.announce()
  }

  async function end({ run }: Active): Promise<void> {
    if (active.delete(run.id)) await settle(() => ports.wake.release())
  }

  return {
    start(request) {
      const mark = sourceMark(request.source)
      const running = runningOf(request.source)
      if (running) return Promise.resolve(running.run.id)
      const under = starting.get(mark)
      if (under) return under
      const start = begin(request).finally(() => starting.delete(mark))
      starting.set(mark, start)
      return start
    },
    async stop(id) {
      const current = active.get(id)
      if (!current) return
      current.abort.abort()
      if (current.begun) return current.ended
      await report(current, stopped(current.run, ports.now()))
      await end(current)
    },
    async runs(source) {
      const all = await history.all()
      return source ? all.filter((run) => isSameSource(run.source, source)) : all
    },
    async clear(source) {
      await clearHistory(history, source)
      ports.announce()
    },
    async models(source, apiType) {
      return offeredModels(probePorts(), await ports.recordOf(source), apiType)
    },
    probe: (probe, subject, signal) =>
      probe === 'models'
        ? probeModels(probePorts(signal), subject)
        : probeModel(probePorts(signal), probe, subject).then(({ result }) => result),
    async idle() {
      await Promise.allSettled(starting.values())
      await Promise.allSettled([...active.values()].map(({ ended }) => ended))
    },
  }
}

/** Runs at one site take turns: a probe that waits for its model holds one of the site's few slots. */
function createOriginTurns(): (address: string) => Turns {
  const turns = new Map<string, Turns>()
  return (address) => {
    const { origin } = new URL(address)
    const known = turns.get(origin) ?? createTurns()
    turns.set(origin, known)
    return known
  }
}

function newRun(request: CheckRequest, record: ExportRecord, nowMs: number): CheckRun {
  const names = [record.siteName, record.keyName].filter((name) => name !== '')
  // In the order of the probes, each once.
  const probes = PROBES.filter((probe) => request.probes.includes(probe))
  return {
    id: newId('run'),
    source: request.source,
    label: ownWords(names.join(' · '), record.key),
    apiType: request.apiType,
    ...(request.model === undefined ? {} : { model: request.model }),
    startedAtMs: nowMs,
    state: 'running',
    results: probes.map((probe) => ({ probe, state: 'waiting' })),
  }
}

function subjectOf({ apiType, model }: CheckRequest, record: ExportRecord): Subject {
  return { record, apiType, ...(model === undefined ? {} : { model }) }
}

/** Probes one after the other, each told when it begins and when it is over. Never throws. */
async function perform(
  active: Active,
  subject: Subject,
  ports: ProbePorts,
  report: (active: Active, run: CheckRun) => Promise<void>,
): Promise<void> {
  const { signal } = active.abort
  const tell = (change: Partial<CheckRun>) => report(active, { ...active.run, ...change })
  const tellResult = (result: ProbeResult, model?: string) =>
    tell({
      results: active.run.results.map((one) => (one.probe === result.probe ? result : one)),
      ...(model === undefined || active.run.model !== undefined ? {} : { model }),
    })
  for (const { probe } of active.run.results) {
    if (signal.aborted) break
    await tellResult({ probe, state: 'running' })
    if (probe === 'models') await tellResult(await probeModels(ports, subject))
    else {
      const { result, model } = await probeModel(ports, probe, subject)
      await tellResult(result, model)
    }
  }
  if (signal.aborted) await report(active, stopped(active.run, ports.now()))
  else await tell({ state: 'done', endedAtMs: ports.now() })
}

/** One list per protocol: every probe of a run asks the same model. */
function rememberLists(list: ProbePorts['listOf']): ProbePorts['listOf'] {
  const lists = new Map<ApiType, Promise<ModelList>>()
  return (record, apiType) => {
    const known = lists.get(apiType) ?? list(record, apiType)
    lists.set(apiType, known)
    return known
  }
}

async function clearHistory(history: CheckHistory, source?: KeySource): Promise<void> {
  const over = (await history.all()).filter(
    (run) => run.state !== 'running' && (!source || isSameSource(run.source, source)),
  )
  await history.drop(over.map(({ id }) => id))
}
