// @vitest-environment node
import { beforeEach, expect, test } from 'vitest'

import type { ApiType } from '@/src/domain/chat-endpoints'

import { type Handler, sendJson, startLoopback } from '../../net/loopback'
import { freshDisk } from '../../support/world'
import { KEY, makeForm, startCredentials } from './credential-world'

beforeEach(freshDisk)

async function listing(handler: Handler, apiType: ApiType = 'openai-compatible', path = '') {
  const site = await startLoopback(handler)
  const { credentials } = await startCredentials()
  const { id } = await credentials.save(makeForm({ baseUrl: site.origin + path, apiType }))
  return { seen: site.seen, list: () => credentials.models(id) }
}

test('models of an OpenAI API are listed below the version, or else below the address', async () => {
  const { seen, list } = await listing(
    ({ path }, response) => {
      if (path === '/x/models')
        sendJson(response, { data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }] })
      else sendJson(response, {}, 405)
    },
    'openai-compatible',
    '/x',
  )
  expect(await list()).toEqual(['b', 'a'])
  expect(seen.map(({ path }) => path)).toEqual(['/x/v1/models', '/x/models'])
})

test('an empty list is one, also where the server writes null', async () => {
  const { list } = await listing((_, response) => {
    sendJson(response, { object: 'list', data: null })
  })
  expect(await list()).toEqual([])
})

test('models of Anthropic are asked for page by page with its headers', async () => {
  const { seen, list } = await listing(({ query }, response) => {
    const isFirst = query['after_id'] === undefined
    sendJson(response, {
      data: [{ id: isFirst ? 'a' : 'b', type: 'model' }],
      has_more: isFirst,
      last_id: isFirst ? 'a' : 'b',
    })
  }, 'anthropic')
  expect(await list()).toEqual(['a', 'b'])
  expect(seen.map(({ path, query }) => [path, query])).toEqual([
    ['/v1/models', { limit: '200' }],
    ['/v1/models', { limit: '200', after_id: 'a' }],
  ])
  expect(seen[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2023-06-01' })
  expect(seen[0]?.headers.authorization).toBeUndefined()
})

test('models of Google are asked for page by page and lose their prefix', async () => {
  const { seen, list } = await listing(({ query }, response) => {
    const next = query['pageToken'] === undefined ? { nextPageToken: 't' } : {}
    sendJson(response, { models: [{ name: `models/g-${query['pageToken'] ?? ''}` }], ...next })
  }, 'google')
  expect(await list()).toEqual(['g-', 'g-t'])
  expect(seen.map(({ path, query }) => [path, query])).toEqual([
    ['/v1beta/models', {}],
    ['/v1beta/models', { pageToken: 't' }],
  ])
  expect(seen[0]?.headers).toMatchObject({ 'x-goog-api-key': KEY })
})

test.each(['anthropic', 'google'] as const)(
  'a server that refuses the header of %s gets the key as a bearer, next time at once',
  async (apiType) => {
    const { seen, list } = await listing(({ headers }, response) => {
      if (headers.authorization === `Bearer ${KEY}`) {
        sendJson(response, { data: [{ id: 'a' }], models: [{ name: 'a' }] })
      } else sendJson(response, { error: { message: 'no token' } }, 401)
    }, apiType)
    expect(await list()).toEqual(['a'])
    expect(await list()).toEqual(['a'])
    expect(seen.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      false,
      true,
      true,
    ])
    expect(seen[1]?.headers['x-api-key'] ?? seen[1]?.headers['x-goog-api-key']).toBeUndefined()
  },
)

test('a refused bearer is not remembered', async () => {
  const { seen, list } = await listing((_, response) => {
    sendJson(response, { error: { message: 'no token' } }, 401)
  }, 'anthropic')
  for (const _ of [1, 2]) {
    await expect(list()).rejects.toMatchObject({
      failure: { class: 'login', reason: 'key-refused' },
    })
  }
  expect(seen.map(({ headers }) => headers['x-api-key'] !== undefined)).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test.each(['anthropic', 'google'] as const)(
  'a server of %s with the same page for ever ends',
  async (apiType) => {
    const { seen, list } = await listing((_, response) => {
      const data = { data: [{ id: 'a' }], has_more: true, last_id: 'a' }
      sendJson(response, { ...data, models: [{ name: 'a' }], nextPageToken: 'again' })
    }, apiType)
    expect(await list()).toEqual(['a'])
    expect(seen).toHaveLength(2)
  },
)

test('no more than 2000 models and 20 pages are read', async () => {
  let page = 0
  const { seen, list } = await listing((_, response) => {
    page += 1
    const data = Array.from({ length: 150 }, (_, at) => ({ id: `${String(page)}-${String(at)}` }))
    sendJson(response, { data, has_more: true, last_id: String(page) })
  }, 'anthropic')
  expect(await list()).toHaveLength(2000)
  expect(seen).toHaveLength(14)
})
