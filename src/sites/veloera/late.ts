import type { LateOperations } from '../adapter'
import { chatsOf, fetchChatLinksBy } from '../new-api/chat-links'
import { keyOperations } from '../new-api/key-operations'
import { VELOERA_KEYS } from './keys'

/** Keys and chat links of Veloera (`contracts/veloera.md 10`, `contracts/exports.md 7.1`). */
export const veloeraLate: LateOperations = {
  keys: keyOperations(VELOERA_KEYS),
  fetchChatLinks: fetchChatLinksBy(chatsOf),
}
