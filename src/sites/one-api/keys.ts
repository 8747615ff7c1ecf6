import type { KeyEdit } from '@/src/domain/api-key'

import { fetchSelf } from '../new-api/account'
import { featuresWith, type KeyFamily, type WireKey } from '../new-api/key-family'
import { commonFields } from '../new-api/key-fields'
import { modelsFrom } from '../new-api/key-models'
import { KEY_FORM } from '../new-api/keys'
import type { ApiKeyAnswer } from '../new-api/schemas'

/** Keys of One API (`contracts/new-api.md 14`): no groups, other names for the limits. */
export const ONE_API_KEYS: KeyFamily<ApiKeyAnswer> = {
  form: KEY_FORM,
  features: () =>
    featuresWith([], { nameBytes: 30, groups: 'none', ipForm: 'range', secret: 'listed' }),
  fieldsOf,
  fetchModels: modelsFrom('/api/user/available_models', '/api/user/models'),
  statusOnly: '1',
  // No header names the user: a key must not be made for whoever is logged in by now.
  confirmOwner: fetchSelf,
}

function fieldsOf(edit: KeyEdit): WireKey {
  const { modelLimits, ipLimits } = edit
  return {
    ...commonFields(edit),
    ...(modelLimits === undefined ? {} : { models: modelLimits.join(',') }),
    ...(ipLimits === undefined ? {} : { subnet: ipLimits.join(',') }),
  }
}
