// How long a fresh page takes to read all accounts, by layout: medians in ms.
// Usage: node scripts/measure-storage.mjs [runs per figure]
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { chromium } from '@playwright/test'
import { build } from 'vite'

const RUNS = Number(process.argv[2] ?? 9)
const root = resolve(import.meta.dirname, '..')

const PAGE_CODE = `
import * as z from 'zod/mini'
import { glanceRow } from '@/src/domain/glance'
import { newId } from '@/src/domain/ids'
import { openVault } from '@/src/storage/vault'
z.config({ jitless: true }) // as in extension pages

const metric = (value) => ({ state: 'complete', value })
const account = (n) => ({ id: newId('acc'), createdAtMs: 1, decidedAtMs: { name: 1, notes: 1, auth: 1 },
  decided: { origin: 'https://relay-' + n + '.example', siteType: 'new-api', userId: String(n),
    auth: { mode: 'token', accessToken: newId('acc') }, name: 'Relay ' + n, username: 'user' + n,
    notes: 'x'.repeat(80), tagIds: [], disabled: false, excludeFromTotal: false, exchangeRate: 7.2 } })
const snapshot = (id, n) => ({ id, failuresInRow: 0, statusAtMs: 1, figuresAtMs: 1,
  status: { systemName: 'Relay', quotaPerUnit: 500000 }, generation: { value: 'g1b', atMs: 1 },
  figures: { userId: String(n), username: 'user' + n, balance: metric(n), usedTotal: metric(n), requestsTotal: metric(n) },
  today: { dayKey: '2026-01-01', consumption: metric(n), requests: metric(n), promptTokens: metric(n), completionTokens: metric(n) },
  lastAttempt: { atMs: 1, jobId: newId('job') } })

window.fill = async (count) => {
  const vault = await openVault()
  const pages = Array.from({ length: count }, (_, n) => { const a = account(n); return [a, snapshot(a.id, n)] })
  await vault.write([
    ...pages.flatMap(([a, s]) => [{ store: 'accounts', put: a }, { store: 'snapshots', put: s }]),
    { store: 'derived', put: { id: 'glance', rows: pages.map(([a, s]) => glanceRow(a, s)) } },
  ])
  return pages.map(([a]) => a.id)
}
const layouts = {
  serial: async (vault, ids) => { for (const id of ids) { await vault.load('accounts', id); await vault.load('snapshots', id) } },
  parallel: async (vault) => Promise.all([vault.loadAll('accounts'), vault.loadAll('snapshots')]),
  glance: (vault) => vault.load('derived', 'glance'),
}
window.read = async (layout, ids) => {
  const start = performance.now()
  const vault = await openVault()
  const opened = performance.now()
  await layouts[layout](vault, ids)
  return { open: opened - start, read: performance.now() - opened }
}`

const entry = 'virtual:measure'
const output = await build({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': root } },
  plugins: [
    {
      name: 'measure',
      resolveId: (id) => (id === entry ? id : null),
      load: (id) => (id === entry ? PAGE_CODE : null),
    },
  ],
  build: { write: false, target: 'chrome120', rollupOptions: { input: entry } },
})
const { code } = output.output[0]
const server = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end(`<script type="module">${code}</script>`),
)
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}/`
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(1)

for (const count of [50, 300, 1000]) {
  const profile = await mkdtemp(join(tmpdir(), 'measure-storage-'))
  const executablePath = '/usr/bin/chromium'
  const context = await chromium.launchPersistentContext(profile, { executablePath })
  const inFreshPage = async (name, ...args) => {
    const page = await context.newPage()
    await page.goto(url)
    const value = await page.evaluate(([fn, rest]) => globalThis[fn](...rest), [name, args])
    await page.close()
    return value
  }
  const ids = await inFreshPage('fill', count)
  for (const layout of ['serial', 'parallel', 'glance']) {
    const times = []
    for (let run = 0; run < RUNS; run += 1) times.push(await inFreshPage('read', layout, ids))
    const [open, read] = ['open', 'read'].map((part) => median(times.map((time) => time[part])))
    console.log(`${count} accounts, ${layout}: open ${open}, read ${read}`)
  }
  await context.close()
  await rm(profile, { recursive: true })
}
server.close()
