import type { KeyEdit } from '@/src/domain/api-key'

import { fetchSelf } from '../new-api/account'
import { featuresWith, type KeyFamily, type WireKey } from '../new-api/key-family'
import { commonFields } from '../new-api/key-fields'
import { HUB_KEY_FORM, type HubKeyAnswer } from './keys'
import { fetchModels } from './models'

/** Keys of One Hub and DoneHub (`contracts/donehub.md 9`). */
export const HUB_KEYS: KeyFamily<HubKeyAnswer> = {
  form: HUB_KEY_FORM,
  features: () =>
    featuresWith(['group', 'backupGroup'], {
      nameBytes: 30,
      groups: 'optional',
      ipForm: 'range',
      secret: 'listed',
    }),
  fieldsOf,
  fetchModels,
  statusOnly: '1',
  // No header names the user, and a cookie outranks a token (`contracts/donehub.md 3.1`).
  confirmOwner: fetchSelf,
}

/** The limits are in `setting`, which goes back whole: its gaps are filled (9.1). */
function fieldsOf(edit: KeyEdit, before: WireKey): WireKey {
  const { group, backupGroup } = edit
  return {
    ...commonFields(edit),
    group: group ?? before['group'] ?? '',
    backup_group: backupGroup ?? before['backup_group'] ?? '',
    setting: settingOf(edit, objectIn(before, 'setting')),
  }
}

function settingOf({ modelLimits, ipLimits }: KeyEdit, before: WireKey): WireKey {
  const limits = objectIn(before, 'limits')
  const models = objectIn(limits, 'limit_model_setting')
  const ips = objectIn(limits, 'limits_ip_setting')
  return {
    ...before,
    heartbeat: { enabled: false, timeout_seconds: 30, ...objectIn(before, 'heartbeat') },
    limits: {
      ...limits,
      limit_model_setting: {
        ...models,
        enabled: modelLimits ? modelLimits.length > 0 : models['enabled'] === true,
        models: modelLimits ?? models['models'] ?? [],
      },
      limits_ip_setting: {
        ...ips,
        enabled: ipLimits ? ipLimits.length > 0 : ips['enabled'] === true,
        whitelist: ipLimits ?? ips['whitelist'] ?? [],
      },
    },
  }
}

/** A member that is an object; anything else counts as an empty one. */
function objectIn(parent: WireKey, name: string): WireKey {
  const value = parent[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
