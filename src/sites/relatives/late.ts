import type { LateOperations } from '../adapter'
import type { KeyFamily } from '../new-api/key-family'
import { modelsFrom } from '../new-api/key-models'
import { keyOperations, NEW_API_KEYS } from '../new-api/key-operations'
import { newApiLate } from '../new-api/late'
import type { ApiKeyAnswer } from '../new-api/schemas'
import { RELATIVES, type RelativeType } from './table'

/** What relatives do with keys in another way (`contracts/other-sites.md 7.3, 7.5`). */
const OTHER_WAYS: Partial<
  Record<RelativeType, Partial<Pick<KeyFamily<ApiKeyAnswer>, 'fetchModels' | 'reveal'>>>
> = {
  'v-api': { fetchModels: modelsFrom('/api/user/available_models', '/api/user/models') },
  wong: { reveal: { one: ['GET'] } },
}

/** Keys and chat links of the relatives of New API. */
export const relativesLate = Object.fromEntries(
  Object.keys(RELATIVES).map((type) => [
    type,
    {
      ...newApiLate,
      keys: keyOperations({ ...NEW_API_KEYS, ...OTHER_WAYS[type as RelativeType] }),
    },
  ]),
) as Record<RelativeType, LateOperations>
