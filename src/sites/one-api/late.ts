import type { LateOperations } from '../adapter'
import { chatPagesOf, fetchChatLinksBy } from '../new-api/chat-links'
import { keyOperations } from '../new-api/key-operations'
import { ONE_API_KEYS } from './keys'

/** Keys and chat links of One API (`contracts/new-api.md 14`, `contracts/exports.md 7.1`). */
export const oneApiLate: LateOperations = {
  keys: keyOperations(ONE_API_KEYS),
  fetchChatLinks: fetchChatLinksBy((status) =>
    chatPagesOf(status['chat_link'], status['chat_link2']),
  ),
}
