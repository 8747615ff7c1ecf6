import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

import { API_PROBES, type CheckRun, PROBES } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import { failureOf, raise } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { type CheckPorts, createCheckRunner } from '@/src/services/checks/run-checks'
import { openVault } from '@/src/storage/vault'

import { sendJson, startLoopback } from '../../net/loopback'
import { freshDisk } from '../../support/world'
import { KEY, makeRecord, startGateway, startNetwork } from './bench'

beforeEach(freshDisk)

const source = (): KeySource => ({ kind: 'credential', credentialId: newId('cred') })

async function startRunner(baseUrl: string, given: Partial<CheckPorts> = {}) {
  const vault = await openVault()
  onTestFinished(() => vault.close())
  const seen: number[] = []
  let held = 0
  const runner = createCheckRunner({
    vault,
    recordOf: (of) => Promise.resolve(makeRecord({ baseUrl, source: of })),
    transportTo: startNetwork().transportTo,
    announce: () => seen.push(seen.length),
    wake: {
      hold: () => Promise.resolve(void (held += 1)),
      release: () => Promise.resolve(void (held -= 1)),
    },
    now: () => Date.now(),
    ...given,
  })
  return { vault, runner, seen, isHeld: () => held > 0 }
}

const newRun = (run: Partial<CheckRun>): CheckRun => ({
  id: newId('run'),
  source: { kind: 'credential', credentialId: newId('cred') },
  label: 'Relay',
  apiType: 'openai',
  startedAtMs: 1,
  state: 'done',
  results: [],
  ...run,
})

const states = (run: CheckRun | undefined) => run?.results.map(({ state }) => state)

describe('a run', () => {
  test('probes in order, tells each step and is kept', async () => {
    const { origin } = await startGateway()
    const { runner, vault, seen, isHeld } = await startRunner(origin)
    const of = source()
    const probes = [...PROBES].reverse()
    const id = await runner.start({ source: of, apiType: 'openai-compatible', probes })
    expect(id).toMatch(/^run_/)
    expect(isHeld()).toBe(true)
    await runner.idle()
    const [run] = await runner.runs(of)
    expect(run).toMatchObject({ id, state: 'done', model: 'gpt-5.2', source: of })
    expect(run).toMatchObject({ label: 'Example Relay · laptop', apiType: 'openai-compatible' })
    expect(run?.results.map(({ probe }) => probe)).toEqual(PROBES)
    expect(states(run)).toEqual(PROBES.map(() => 'pass'))
    expect(await vault.load('checkRuns', id)).toEqual(run)
    // Once to begin, twice per probe, once to end.
    expect(seen).toHaveLength(2 * PROBES.length + 2)
    expect(isHeld()).toBe(false)
  })

  test('asks for the list once, whatever needs it', async () => {
    const { origin, gateway } = await startGateway()
    const { runner } = await startRunner(origin)
    await runner.start({ source: source(), apiType: 'anthropic', probes: [...API_PROBES] })
    await runner.idle()
    expect(gateway.counters.count('GET', '/v1/models')).toBe(1)
    expect(gateway.counters.total()).toBe(5)
  })

  test('of a model given asks for no list', async () => {
    const { origin, gateway } = await startGateway()
    const { runner } = await startRunner(origin)
    const request = { source: source(), apiType: 'openai', model: 'gpt-4o', probes: ['text'] }
    await runner.start(request as Parameters<typeof runner.start>[0])
    await runner.idle()
    expect(gateway.counters.total()).toBe(1)
    expect((await runner.runs())[0]?.model).toBe('gpt-4o')
  })

  test('of a key under check is not begun a second time', async () => {
    const { origin, gateway } = await startGateway()
    const { runner } = await startRunner(origin)
    const request = { source: source(), apiType: 'openai', probes: ['models'] } as const
    const ids = await Promise.all([runner.start(request), runner.start(request)])
    expect(ids[0]).toBe(ids[1])
    expect(await runner.start(request)).toBe(ids[0])
    await runner.idle()
    expect(gateway.counters.total()).toBe(1)
    expect(await runner.start(request)).not.toBe(ids[0])
    await runner.idle()
  })

  test('takes turns with the others at its site', async () => {
    let open = 0
    let most = 0
    const site = await startLoopback((_, response) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        sendJson(response, { data: [{ id: 'gpt-4o' }] })
      }, 30)
    })
    const { runner } = await startRunner(site.origin)
    const start = () => runner.start({ source: source(), apiType: 'openai', probes: ['models'] })
    await Promise.all([start(), start(), start()])
    await runner.idle()
    expect([most, site.seen.length]).toEqual([1, 3])
  })

  test('whose key cannot be had is none: the reason is told', async () => {
    const { runner } = await startRunner('https://relay.example', {
      recordOf: () => raise({ class: 'proof', reason: 'second-factor' }),
    })
    const start = runner.start({ source: source(), apiType: 'openai', probes: ['models'] })
    expect(await start.catch(failureOf)).toMatchObject({ class: 'proof' })
    expect(await runner.runs()).toEqual([])
  })
})

describe('stopping', () => {
  test('ends the probe under way and leaves out the rest', async () => {
    const { origin, gateway } = await startGateway()
    const { runner, isHeld } = await startRunner(origin)
    gateway.faults.set({ method: 'POST', path: '/v1/responses' }, { kind: 'hang' })
    const id = await runner.start({
      source: source(),
      apiType: 'openai',
      probes: ['models', 'text', 'stream'],
    })
    await expect.poll(() => gateway.counters.total()).toBe(2)
    await runner.stop(id)
    const [run] = await runner.runs()
    expect(run).toMatchObject({ id, state: 'stopped' })
    expect(run?.endedAtMs).toBeGreaterThan(0)
    expect(states(run)).toEqual(['pass', 'stopped', 'stopped'])
    expect(run?.results.map(({ cause }) => cause)).toEqual(['ok', 'stopped', 'stopped'])
    expect(gateway.counters.total()).toBe(2)
    expect(isHeld()).toBe(false)
  })

  test('a run that waits for its turn takes effect at once', async () => {
    const { origin, gateway } = await startGateway()
    const { runner } = await startRunner(origin)
    gateway.faults.set({}, { kind: 'hang' })
    const start = () => runner.start({ source: source(), apiType: 'openai', probes: ['models'] })
    const [first, second] = [await start(), await start()]
    await runner.stop(second)
    const run = (await runner.runs()).find(({ id }) => id === second)
    expect(run).toMatchObject({ state: 'stopped' })
    await runner.stop(first)
    await runner.idle()
    expect(gateway.counters.total()).toBe(1)
  })

  test('what is over or unknown changes nothing', async () => {
    const { origin } = await startGateway()
    const { runner } = await startRunner(origin)
    const id = await runner.start({ source: source(), apiType: 'openai', probes: ['models'] })
    await runner.idle()
    await runner.stop(id)
    await runner.stop(newId('run'))
    expect((await runner.runs())[0]?.state).toBe('done')
  })
})

describe('the history', () => {
  test('keeps 500 runs, the newest', async () => {
    const { origin } = await startGateway()
    const { runner, vault } = await startRunner(origin)
    const old = Array.from({ length: 503 }, (_, at) => newRun({ startedAtMs: at }))
    await vault.write(old.map((put) => ({ store: 'checkRuns', put })))
    await runner.start({ source: source(), apiType: 'openai', probes: ['models'] })
    await runner.idle()
    const kept = await runner.runs()
    expect(kept).toHaveLength(500)
    expect(kept.at(-1)?.startedAtMs).toBe(4)
    const { records } = await vault.loadAll('checkRuns')
    expect(records).toHaveLength(500)
  })

  test('calls a run stopped that a dead worker left', async () => {
    const { origin } = await startGateway()
    const { runner, vault } = await startRunner(origin)
    const left = newRun({
      state: 'running',
      results: [
        { probe: 'models', state: 'pass', cause: 'ok' },
        { probe: 'text', state: 'running' },
        { probe: 'tools', state: 'waiting' },
      ],
    })
    await vault.write([{ store: 'checkRuns', put: left }])
    const [run] = await runner.runs()
    expect(run).toMatchObject({ id: left.id, state: 'stopped' })
    expect(states(run)).toEqual(['pass', 'stopped', 'stopped'])
    expect(await vault.load('checkRuns', left.id)).toEqual(run)
  })

  test('is cleared of what is over, of one key or of all', async () => {
    const { origin, gateway } = await startGateway()
    const { runner, vault } = await startRunner(origin)
    const of = source()
    const runs = [newRun({ source: of }), newRun({}), newRun({})]
    await vault.write(runs.map((put) => ({ store: 'checkRuns', put })))
    await runner.clear(of)
    expect(await runner.runs(of)).toEqual([])
    expect(await runner.runs()).toHaveLength(2)
    gateway.faults.set({}, { kind: 'hang' })
    const id = await runner.start({ source: of, apiType: 'openai', probes: ['models'] })
    await runner.clear()
    expect((await runner.runs()).map((run) => run.id)).toEqual([id])
    await runner.stop(id)
    expect((await vault.loadAll('checkRuns')).records).toHaveLength(1)
  })
})

describe('the models of a key', () => {
  test('come with the one a run would take', async () => {
    const { origin } = await startGateway()
    const { runner } = await startRunner(origin)
    const { models, suggested } = await runner.models(source(), 'anthropic')
    expect(models).toHaveLength(5)
    expect(suggested).toBe('claude-sonnet-4-5')
  })

  test('that cannot be read say why', async () => {
    const { origin, gateway } = await startGateway({ keys: ['other'] })
    const { runner } = await startRunner(origin)
    const why = async () =>
      failureOf(await runner.models(source(), 'openai').catch((e: unknown) => e))
    expect(await why()).toMatchObject({ class: 'refused', reason: 'unauthorized', httpStatus: 401 })
    gateway.faults.set({}, { kind: 'challenge' })
    expect(await why()).toMatchObject({ class: 'challenge', reason: 'protection-page' })
    gateway.faults.clear()
    gateway.faults.set({}, { kind: 'redirect', to: 'https://elsewhere.example/' })
    expect(await why()).toMatchObject({ class: 'changed-api', reason: 'redirected' })
  })
})

describe('secrets', () => {
  const forms = [
    KEY,
    encodeURIComponent(KEY),
    Buffer.from(KEY).toString('base64'),
    Buffer.from(`Bearer ${KEY}`).toString('base64url'),
    Buffer.from(KEY).toString('hex'),
    Array.from(KEY).join(' '),
  ]

  test.each(forms)(
    'a server that quotes the key as %s leaves none of it in a run',
    async (form) => {
      const site = await startLoopback((request, response) => {
        const error = { message: `bad key ${form}`, type: `t ${form}`, code: form, param: form }
        if (request.method === 'GET') {
          sendJson(response, { data: [{ id: form }, { id: 'gpt-4o' }, { id: `x ${form}` }] })
        } else if (request.path.includes('messages')) response.end(`<p>${form}`)
        else sendJson(response, { error }, 400)
      })
      const { runner, vault } = await startRunner(site.origin, {
        recordOf: (of) =>
          Promise.resolve(makeRecord({ baseUrl: site.origin, source: of, siteName: `S ${form}` })),
      })
      const offered = await runner.models(source(), 'openai')
      await runner.start({ source: source(), apiType: 'openai-compatible', probes: [...PROBES] })
      await runner.idle()
      const kept = JSON.stringify([await runner.runs(), await vault.loadAll('checkRuns'), offered])
      expect(kept).not.toContain(form)
      expect(kept.replace(/[^A-Za-z0-9]/g, '')).not.toContain(KEY.slice(3, 15))
      expect(kept).toContain('gpt-4o')
    },
  )
})
