import { unwrap } from '@/src/domain/failure'
import { fitsMask } from '@/src/domain/key-text'
import { isWholeKey } from '@/src/domain/whole-key'

import { expect, NotOffered } from '../ledger'
import type { MadeKey } from './key-creation'
import type { KeySubject } from './keys'

/** The call that shows a hidden key must show this one. */
export async function checkReveal(
  { ctx, keys, access, generation, ledger }: KeySubject,
  { row, told }: MadeKey,
): Promise<void> {
  await ledger.check('reveal key', async () => {
    const { secret } = keys.features(generation)
    expect(secret !== 'listed' || row.key.kind === 'full', 'lists hide what they should show')
    if (secret === 'once') throw new NotOffered('shown once, when it is made')
    if (row.key.kind === 'full') throw new NotOffered('lists show it')
    expect(keys.reveal !== undefined, 'features and operations disagree')
    const shown = await keys.reveal(ctx, access, [row.id], { generation, atOnce: 1 })
    if (!shown.ok && shown.failure.class === 'proof') {
      throw new NotOffered('the site wants a second factor')
    }
    const text = unwrap(shown).get(row.id)
    expect(text !== undefined, 'the answer leaves it out')
    ledger.hide(text)
    expect(isWholeKey(text), 'what was shown is masked')
    expect(told === null || text === told, 'another key than the one that was told')
    expect(fitsMask(row.key.text, text), 'another key than the one that is listed')
    return { value: null, note: '' }
  })
}
