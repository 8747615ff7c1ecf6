import type { LateOperations } from '../adapter'
import { keyFeatures } from './key-features'
import { createKey, removeKey, setKeyEnabled, updateKey } from './key-writes'
import { fetchModels } from './models'

/** Keys of Sub2API (`contracts/sub2api.md 8`). */
export const sub2ApiLate: LateOperations = {
  keys: {
    features: keyFeatures,
    fetchModels,
    create: createKey,
    update: updateKey,
    setEnabled: setKeyEnabled,
    remove: removeKey,
  },
}
