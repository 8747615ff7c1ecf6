import type { LateOperations } from '../adapter'
import { createKey, KEY_FEATURES, removeKey, setKeyEnabled, updateKey } from './key-writes'
import { fetchModels } from './models'

/** Keys of OpenRouter (`contracts/other-sites.md 4`). */
export const openRouterLate: LateOperations = {
  keys: {
    features: () => KEY_FEATURES,
    fetchModels,
    create: createKey,
    update: updateKey,
    setEnabled: setKeyEnabled,
    remove: removeKey,
  },
}
