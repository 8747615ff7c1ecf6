import type { LateOperations } from '../adapter'
import { createKey, KEY_FEATURES, removeKey, updateKey } from './key-writes'
import { fetchModels } from './models'

/** Keys of AIHubMix (`contracts/other-sites.md 5`). */
export const aihubmixLate: LateOperations = {
  keys: {
    features: () => KEY_FEATURES,
    fetchModels,
    create: createKey,
    update: updateKey,
    remove: removeKey,
  },
}
