import { expect, test } from 'vitest'

import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import { createAihubmix } from '@/e2e/relays/hosted/aihubmix'

import { aliceWith, keyWorld, PAT } from '../keys/key-world'
import { openRouterWith, sub2ApiWith } from '../keys/other-sites'
import { only, type RotationWorker, startRotating } from './world'

/** A rotation of the account's first key, up to where it waits. */
async function rotate(worker: RotationWorker, accountId: string) {
  await worker.keys.load()
  await worker.keys.idle()
  const { lists } = await worker.keys.lists()
  const [first] = lists.find((list) => list.accountId === accountId)?.rows ?? []
  const old = { accountId, keyId: first?.id ?? '' }
  const id = await worker.rotations.start(old, [])
  await worker.rotations.idle()
  return { id, old }
}

async function finish({ rotations }: RotationWorker, id: string) {
  await rotations.finish(id)
  await rotations.idle()
}

test('New API: every limit of the old key is the new one’s, too', async () => {
  const world = await keyWorld()
  const key = {
    name: '密钥密钥密钥密钥密钥密钥密钥密钥密',
    remainQuota: 70_000,
    usedQuota: 30_000,
    expiredTime: Math.floor(world.clock.nowMs / 1000) + 86_400,
    modelLimits: ['gpt-4o'],
  }
  const user = aliceWith(0, { keys: [key] })
  const relay = await world.relay('site', { generation: 'g1b', users: [user] })
  const [token] = relay.state.tokens.values()
  if (token) token.allowIps = '127.0.0.1\n10.0.0.0/8'
  const worker = await startRotating(world)
  const { id } = await rotate(worker, await world.account(worker, 'site'))
  await finish(worker, id)
  expect(await only(worker.rotations)).toMatchObject({ state: 'done' })
  const [fresh, ...others] = relay.state.tokens.values()
  expect(others).toEqual([])
  expect(fresh).toMatchObject({
    id: 2,
    status: 1,
    remainQuota: 70_000,
    unlimitedQuota: false,
    expiredTime: key.expiredTime,
    modelLimits: 'gpt-4o',
    allowIps: '127.0.0.1\n10.0.0.0/8',
  })
  expect(fresh?.name).toMatch(/^密钥.* 2026-11-2\d$/)
})

test('Sub2API: the new key is in the same group, works, and takes the place of the old one', async () => {
  const world = await keyWorld()
  const worker = await startRotating(world)
  const { relay, accountId } = await sub2ApiWith(world, worker, 1)
  const groupOf = () => [...relay.state.keys.values()].map(({ groupId }) => groupId)
  const [before] = groupOf()
  const { id } = await rotate(worker, accountId)
  expect(await only(worker.rotations)).toMatchObject({ step: 'delete', state: 'needs-you' })
  expect([...relay.state.keys.values()].map(({ status }) => status)).toEqual(['inactive', 'active'])
  await finish(worker, id)
  expect(await only(worker.rotations)).toMatchObject({ state: 'done' })
  expect(groupOf()).toEqual([before])
})

test('DoneHub: group and backup group go along', async () => {
  const world = await keyWorld()
  const keys = [{ name: 'one', unlimited: true, group: 'default', backupGroup: 'vip' }]
  const users = [{ ...aliceWith(0), keys }]
  const groups = { default: { ratio: 1 }, vip: { ratio: 2 } }
  const now = () => world.clock.nowMs
  const relay = createDoneHubRelay({ variant: 'done-hub', now, users, groups })
  await world.site('hub', relay)
  const worker = await startRotating(world)
  const { id } = await rotate(worker, await world.account(worker, 'hub', { siteType: 'done-hub' }))
  await finish(worker, id)
  expect(await only(worker.rotations)).toMatchObject({ state: 'done' })
  expect([...relay.state.tokens.values()]).toMatchObject([
    { id: 2, status: 1, group: 'default', backupGroup: 'vip' },
  ])
})

test('OpenRouter: the text it shows once is kept, and a lost old one is no hindrance', async () => {
  const world = await keyWorld()
  const worker = await startRotating(world)
  const accountId = await openRouterWith(world, worker, 1)
  const { id, old } = await rotate(worker, accountId)
  const waiting = await only(worker.rotations)
  expect(waiting).toMatchObject({ step: 'delete', state: 'needs-you' })
  await finish(worker, id)
  const row = await worker.keys.row({ accountId, keyId: waiting?.newKeyId ?? '' })
  expect(row).toMatchObject({ status: 'enabled', secret: 'known' })
  expect(await worker.keys.row(old)).toBeUndefined()
})

test('AIHubMix, which disables no keys: the old one works until it is deleted', async () => {
  const world = await keyWorld()
  const user = { id: 7, username: 'alice', accessToken: PAT, quota: 10, keys: [{ name: 'one' }] }
  const site = createAihubmix({ users: [user] })
  await world.site('mix', site)
  // The double of its console has no models.
  const worker = await startRotating(world, () => Promise.resolve(['gpt-4o']))
  const accountId = await world.account(worker, 'mix', {
    siteType: 'aihubmix',
    userId: 'alice',
  })
  const { id } = await rotate(worker, accountId)
  expect(await only(worker.rotations)).toMatchObject({ step: 'delete', state: 'needs-you' })
  expect([...site.state.keys.values()].map(({ status }) => status)).toEqual([1, 1])
  await finish(worker, id)
  expect([...site.state.keys.keys()]).toEqual([2])
})
