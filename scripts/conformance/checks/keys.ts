import { unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'
import type { Access, KeyOperations } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'

import { expect, NotOffered } from '../ledger'
import type { Subject } from '../subject'
import { createKey } from './key-creation'
import { checkChanges } from './key-changes'
import { checkRemoval, cleanUp } from './key-removal'
import { checkReveal } from './key-reveal'
import { declares } from './offered'

/** Where keys are worked on, and as whom. */
export interface KeySubject extends Subject {
  readonly keys: KeyOperations
  readonly access: Access
  readonly generation: Generation
  /** All keys this run makes have names that begin like this; no other has. */
  readonly prefix: string
}

/**
 * The whole life of one key, which is gone afterwards whatever fails in between. Only with a family
 * that has keys to make.
 */
export async function checkKeys(
  subject: Subject,
  access: Access,
  generation: Generation,
  random: string,
): Promise<void> {
  const { adapter, ledger } = subject
  const { keys } = withLate(adapter)
  if (!declares(subject, 'api-key-edit') || !keys) {
    await ledger.check('create key', () => {
      expect(!keys, 'works, but is not declared')
      expect(!declares(subject, 'api-key-edit'), 'declared, but the adapter refuses it')
      throw new NotOffered('this software has none')
    })
    return
  }
  const own: KeySubject = {
    ...subject,
    keys,
    access,
    generation,
    prefix: `relaydeck-check-${random}`,
  }
  await checkModels(own)
  try {
    const made = await createKey(own)
    if (!made) return
    await checkReveal(own, made)
    const last = await checkChanges(own, made)
    await checkRemoval(own, last)
  } finally {
    await cleanUp(own)
  }
}

async function checkModels(subject: KeySubject): Promise<void> {
  const { ctx, keys, access, ledger } = subject
  await ledger.check('models', async () => {
    const told = await keys.fetchModels(ctx, access)
    // A site may keep its list to itself, whatever its software can.
    if (!told.ok && told.failure.class === 'unsupported')
      throw new NotOffered('the site tells none')
    const names = unwrap(told)
    expect(new Set(names).size === names.length, 'a name occurs twice')
    expect(!names.includes(''), 'a name is empty')
    return { value: names, note: `${String(names.length)} models` }
  })
}
