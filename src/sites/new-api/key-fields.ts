import type { KeyEdit } from '@/src/domain/api-key'
import type { Generation } from '@/src/domain/site-type'

import type { WireKey } from './key-family'

/** Fields of `contracts/new-api.md 6.4` that all members of the family write alike. */
export function commonFields(edit: KeyEdit): WireKey {
  const { name, remaining, expiresAtMs } = edit
  return {
    ...(name === undefined ? {} : { name }),
    ...(remaining === undefined ? {} : quotaFields(remaining)),
    ...(expiresAtMs === undefined
      ? {}
      : { expired_time: expiresAtMs === null ? -1 : Math.floor(expiresAtMs / 1000) }),
  }
}

/** The quota of an unlimited key has no meaning (6.3): what the server has stays. */
function quotaFields(remaining: number | null): WireKey {
  if (remaining === null) return { unlimited_quota: true }
  return { unlimited_quota: false, remain_quota: Math.round(remaining) }
}

/** What an edit decides, as New API takes it (`contracts/new-api.md 6.3, 6.4`). */
export function newApiFields(edit: KeyEdit, _before: WireKey, generation: Generation): WireKey {
  const { modelLimits, ipLimits, group, crossGroupRetry } = edit
  return {
    ...commonFields(edit),
    ...(modelLimits === undefined
      ? {}
      : { model_limits_enabled: modelLimits.length > 0, model_limits: modelLimits.join(',') }),
    ...(ipLimits === undefined ? {} : { allow_ips: ipLimits.join('\n') }),
    ...(group === undefined ? {} : { group }),
    ...(crossGroupRetry === undefined || !hasCrossGroupRetry(generation)
      ? {}
      : { cross_group_retry: crossGroupRetry }),
  }
}

/** Not in G0, and not in Veloera, which was made of it. */
export function hasCrossGroupRetry(generation: Generation): boolean {
  return /^g[1-4]/.test(generation)
}
