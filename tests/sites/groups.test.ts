import { expect, test } from 'vitest'

import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, failureIn, siteAt, tokenOf, valueOf } from './site-client'

async function groupsFrom(data: unknown) {
  const server = await startLoopback((_, response) => sendJson(response, success(data)))
  const { adapter, ctx } = siteAt(server.origin, 'new-api')
  return adapter.fetchGroups(ctx, tokenOf(ALICE))
}

test.each<[string, unknown, unknown]>([
  [
    'a map',
    { vip: { ratio: 0.8, desc: 'VIP' } },
    [{ name: 'vip', ratio: 0.8, description: 'VIP' }],
  ],
  [
    'the pseudo-group whose ratio the server chooses',
    { auto: { ratio: '自动', desc: '' } },
    [{ name: 'auto', ratio: null, description: '' }],
  ],
  ['a free group', { free: { ratio: 0 } }, [{ name: 'free', ratio: 0, description: '' }]],
  [
    'texts in a map',
    { vip: 'VIP x 1.5倍' },
    [{ name: 'vip', ratio: 1.5, description: 'VIP x 1.5倍' }],
  ],
  [
    'a list of texts',
    ['default', 'vip x2倍'],
    [
      { name: 'default', ratio: null, description: 'default' },
      { name: 'vip x2倍', ratio: 2, description: 'vip x2倍' },
    ],
  ],
  ['none', {}, []],
])('%s', async (_, data, expected) => {
  expect(valueOf(await groupsFrom(data))).toEqual(expected)
})

test.each([null, 'default', { vip: { desc: 'no ratio' } }, [1]])('%j is refused', async (data) => {
  expect(failureIn(await groupsFrom(data))).toMatchObject({ class: 'changed-api' })
})
