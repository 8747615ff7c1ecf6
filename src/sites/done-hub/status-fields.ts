import type { Evidence } from '@/src/domain/recognition'

import { fieldSign, type Fields } from '../new-api/detect'

export type HubType = 'done-hub' | 'one-hub'

/** Together they are in the status of this family only (`contracts/donehub.md 2`). */
const FAMILY_FIELDS = ['PaymentUSDRate', 'EnableSafe', 'UptimeEnabled'] as const

/** Each hints at the family (`contracts/new-api.md 12`, extra signals). */
const HINT_FIELDS = [...FAMILY_FIELDS, 'UserInvoiceMonth', 'chat_links'] as const

/** Which of these there are depends on the version; One Hub has none. */
const DONE_HUB_FIELDS = [
  'linuxDo_oauth',
  'linuxDo_client_id',
  'invite_code_register',
  'GeminiAPIEnabled',
  'ClaudeAPIEnabled',
  'max_log_query_days',
  'builtin_chat_enabled',
  'user_agreement_enabled',
  'privacy_policy_enabled',
  'quota_remind_threshold',
  'language_switch_prompt_enabled',
] as const

/** What New API and Veloera have and this family lacks. */
const FOREIGN_FIELDS = [
  'price',
  'checkin_enabled',
  'check_in_enabled',
  'enable_data_export',
  'chats',
  'setup',
  '_qn',
] as const

/** Evidence names a few fields; all of them would not fit. */
const MOST_NAMES = 3

/** What the fields of a status say about the family. */
export interface StatusSigns {
  readonly siteType: HubType
  readonly evidence: readonly Evidence[]
  /** `false` = too little, or against it: only with the group map it is this family. */
  readonly isCertain: boolean
}

/** Reads the fields of a status (`contracts/donehub.md 2`); `null` = nothing hints at the family. */
export function signsIn(fields: Fields): StatusSigns | null {
  const hints = namesIn(fields, HINT_FIELDS)
  if (hints.length === 0) return null
  const own = namesIn(fields, DONE_HUB_FIELDS).slice(0, MOST_NAMES)
  const family = fieldSign(hints.slice(0, MOST_NAMES))
  const isWhole = namesIn(fields, FAMILY_FIELDS).length === FAMILY_FIELDS.length
  return {
    siteType: own.length > 0 ? 'done-hub' : 'one-hub',
    evidence:
      own.length > 0
        ? [...fieldSign(own), ...family]
        : [...family, { sign: 'status-lacks', detail: DONE_HUB_FIELDS[0] }],
    isCertain: isWhole && namesIn(fields, FOREIGN_FIELDS).length === 0,
  }
}

function namesIn(fields: Fields, names: readonly string[]): string[] {
  return names.filter((name) => name in fields)
}
