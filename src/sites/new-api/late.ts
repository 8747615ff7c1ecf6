import type { LateOperations } from '../adapter'
import { chatsOf, fetchChatLinksBy } from './chat-links'
import { keyOperations, NEW_API_KEYS } from './key-operations'

/** Keys and chat links of New API (`contracts/new-api.md 6`, `contracts/exports.md 7.1`). */
export const newApiLate: LateOperations = {
  keys: keyOperations(NEW_API_KEYS),
  fetchChatLinks: fetchChatLinksBy(chatsOf),
}
