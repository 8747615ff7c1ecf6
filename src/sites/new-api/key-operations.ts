import type { KeyFeatures } from '@/src/domain/api-key'
import { settle } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { KeyOperations } from '../adapter'
import { createKey } from './key-create'
import { featuresWith, type KeyFamily, type RevealRoutes } from './key-family'
import { hasCrossGroupRetry, newApiFields } from './key-fields'
import { modelsFrom } from './key-models'
import { prove } from './key-proof'
import { MOST_AT_ONCE, revealKeys } from './key-reveal'
import { removeKey, setKeyEnabled, updateKey } from './key-update'
import { KEY_FORM } from './keys'
import type { ApiKeyAnswer } from './schemas'

/** New API, and whoever changed nothing about keys (`contracts/new-api.md 6`). */
export const NEW_API_KEYS: KeyFamily<ApiKeyAnswer> = {
  form: KEY_FORM,
  features: featuresOf,
  fieldsOf: newApiFields,
  fetchModels: modelsFrom('/api/user/models'),
  statusOnly: 'true',
  reveal: { one: ['POST', 'GET'], most: MOST_AT_ONCE },
}

/** All operations of a member of the family. */
export function keyOperations<Row extends ApiKeyAnswer>(family: KeyFamily<Row>): KeyOperations {
  return {
    features: family.features,
    fetchModels: (ctx, access) => settle(() => family.fetchModels(ctx, access)),
    create: (ctx, access, draft, options) =>
      settle(() => createKey(family, ctx, access, draft, options)),
    update: (ctx, access, keyId, edit, generation) =>
      settle(() => updateKey(family, ctx, access, keyId, edit, generation)),
    setEnabled: (ctx, access, keyId, enabled) =>
      settle(() => setKeyEnabled(family, ctx, access, keyId, enabled)),
    remove: (ctx, access, keyId) => settle(() => removeKey(family, ctx, access, keyId)),
    ...(family.reveal ? revealOperations(family.reveal) : {}),
  }
}

function revealOperations(
  routes: RevealRoutes,
): Pick<KeyOperations, 'reveal' | 'revealAtOnce' | 'prove'> {
  return {
    reveal: (ctx, access, keyIds, options) =>
      settle(() => revealKeys(routes, ctx, access, keyIds, options)),
    ...(routes.most === undefined ? {} : { revealAtOnce: routes.most }),
    prove,
  }
}

/**
 * What a generation takes (`contracts/new-api.md 0, 6.3`). `g1` saw no key yet: newer ones hide them,
 * so these count as hidden until a list shows otherwise.
 */
function featuresOf(generation: Generation): KeyFeatures {
  const isOld = generation === 'g0'
  return featuresWith(hasCrossGroupRetry(generation) ? ['group', 'crossGroupRetry'] : ['group'], {
    nameBytes: isOld ? 30 : 50,
    groups: 'optional',
    // Servers of the first half of 2025 compare whole addresses, as Veloera still does.
    ipForm: isOld ? 'address' : 'range',
    secret: isOld || generation === 'g1a' ? 'listed' : 'reveal',
  })
}
