import { featuresWith, type KeyFamily } from '../new-api/key-family'
import { newApiFields } from '../new-api/key-fields'
import { modelsFrom } from '../new-api/key-models'
import { KEY_FORM } from '../new-api/keys'
import type { ApiKeyAnswer } from '../new-api/schemas'

/** Keys of Veloera (`contracts/veloera.md 10`): those of New API as of April 2025. */
export const VELOERA_KEYS: KeyFamily<ApiKeyAnswer> = {
  form: KEY_FORM,
  features: () =>
    featuresWith(['group'], {
      nameBytes: 30,
      groups: 'optional',
      ipForm: 'address',
      secret: 'listed',
    }),
  fieldsOf: newApiFields,
  fetchModels: modelsFrom('/api/user/models'),
  statusOnly: '1',
}
