import type { ApiKey } from '@/src/domain/api-key'
import { unwrap } from '@/src/domain/failure'

import { expect, NotOffered } from '../ledger'
import type { MadeKey } from './key-creation'
import type { KeySubject } from './keys'
import { differences, listed } from './key-list'

/** Renames the key and switches it off and on; each time everything else stays. */
export async function checkChanges(subject: KeySubject, made: MadeKey): Promise<ApiKey> {
  const name = `${subject.prefix}-2`
  const renamed = await subject.ledger.check('rename key', async () => {
    const { ctx, keys, access, generation } = subject
    unwrap(await keys.update(ctx, access, made.row.id, { name }, generation))
    return { value: await changedTo(subject, made.row, { name }), note: '' }
  })
  const row = renamed ?? made.row
  const disabled = await checkSwitch(subject, row, false)
  return (await checkSwitch(subject, disabled ?? row, true)) ?? disabled ?? row
}

async function checkSwitch(
  subject: KeySubject,
  row: ApiKey,
  enabled: boolean,
): Promise<ApiKey | null> {
  const { ctx, keys, access, generation, ledger } = subject
  return ledger.check(enabled ? 'enable key' : 'disable key', async () => {
    const { canDisable } = keys.features(generation)
    expect(canDisable === (keys.setEnabled !== undefined), 'features and operations disagree')
    if (!keys.setEnabled) throw new NotOffered('this software has none')
    unwrap(await keys.setEnabled(ctx, access, row.id, enabled, generation))
    const status = enabled ? 'enabled' : 'disabled'
    return { value: await changedTo(subject, row, { status }), note: '' }
  })
}

/** The key as it is listed now. @throws Broken when more or less than that changed */
async function changedTo(
  subject: KeySubject,
  before: ApiKey,
  changed: Partial<ApiKey>,
): Promise<ApiKey> {
  const after = await listed(subject, before.id)
  const wrong = differences(before, after, changed)
  const missed = wrong.find((name) => name in changed)
  expect(missed === undefined, `accepted, but its ${missed ?? ''} is as it was`)
  expect(wrong.length === 0, `it changed more than that: ${wrong.join(', ')}`)
  return after
}
