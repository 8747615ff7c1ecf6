import type { LateOperations } from '../adapter'
import { fetchChatLinksBy } from '../new-api/chat-links'
import { keyOperations } from '../new-api/key-operations'
import { chatLinksOf } from './chat-links'
import { HUB_KEYS } from './key-family'

/** Keys and chat links of both hubs (`contracts/donehub.md 9`, `contracts/exports.md 7.1`). */
export const hubLate: LateOperations = {
  keys: keyOperations(HUB_KEYS),
  fetchChatLinks: fetchChatLinksBy(chatLinksOf),
}
