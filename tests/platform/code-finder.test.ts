import { beforeEach, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { registerCodeFinder, startCodeFinderIn } from '@/src/platform/code-finder'

interface Script {
  readonly id: string
  readonly matches?: string[]
}

const registered = new Map<string, Script>()
let calls: string[] = []

beforeEach(() => {
  fakeBrowser.reset()
  registered.clear()
  calls = []
  Object.assign(fakeBrowser.scripting, {
    getRegisteredContentScripts: ({ ids }: { ids: string[] }) =>
      Promise.resolve(ids.flatMap((id) => registered.get(id) ?? [])),
    registerContentScripts: ([script]: [Script]) => {
      if (registered.has(script.id)) return Promise.reject(new Error('Duplicate script ID'))
      calls.push('register')
      registered.set(script.id, script)
      return Promise.resolve()
    },
    updateContentScripts: ([script]: [Script]) => {
      if (!registered.has(script.id)) return Promise.reject(new Error('Nonexistent script ID'))
      calls.push('update')
      registered.set(script.id, { ...registered.get(script.id), ...script })
      return Promise.resolve()
    },
    unregisterContentScripts: ({ ids }: { ids: string[] }) => {
      calls.push('unregister')
      for (const id of ids) registered.delete(id)
      return Promise.resolve()
    },
    executeScript: ({ target }: { target: { tabId: number } }) => {
      calls.push(`execute ${String(target.tabId)}`)
      return target.tabId === 1 ? Promise.reject(new Error('error page')) : Promise.resolve([])
    },
  })
})

test('the script is registered for exactly the chosen sites, for the top frame and for good', async () => {
  await registerCodeFinder(['https://b.example', 'http://a.example:8080'])
  expect([...registered.values()]).toEqual([
    {
      id: 'find-codes',
      js: ['/content-scripts/find-codes.js'],
      matches: ['http://a.example/*', 'https://b.example/*'],
      allFrames: false,
      runAt: 'document_idle',
      persistAcrossSessions: true,
    },
  ])
})

test('nothing is changed that is as it should be', async () => {
  await registerCodeFinder([])
  expect(calls).toEqual([])
  await registerCodeFinder(['https://b.example', 'https://a.example'])
  await registerCodeFinder(['https://a.example', 'https://b.example'])
  expect(calls).toEqual(['register'])
  await registerCodeFinder(['https://a.example'])
  expect(registered.get('find-codes')?.matches).toEqual(['https://a.example/*'])
  await registerCodeFinder([])
  expect(registered.size).toBe(0)
  expect(calls).toEqual(['register', 'update', 'unregister'])
})

test('open tabs of the site get it, those of another port or without an address do not', async () => {
  const asked: unknown[] = []
  Object.assign(fakeBrowser.tabs, {
    query: (filter: unknown) => {
      asked.push(filter)
      return Promise.resolve([
        { id: 1, url: 'https://a.example/x' },
        { id: 2, url: 'https://a.example/y' },
        { id: 3, url: 'https://a.example:8443/' },
        { id: 4 },
      ])
    },
  })
  await startCodeFinderIn('https://a.example')
  expect(asked).toEqual([{ url: 'https://a.example/*' }])
  expect(calls).toEqual(['execute 1', 'execute 2'])
})
