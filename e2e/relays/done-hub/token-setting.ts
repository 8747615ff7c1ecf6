import { bodyRecord } from '../new-api/context'
import type { Shape } from './go-values'
import { TEXT } from './messages'
import type { StoredSetting } from './options'
import { ROLE_STAFF, type HubUser } from './state'

/** The struct `setting` is decoded into (`contracts/donehub.md` 9.1). */
export const SETTING_SHAPE: Shape = {
  heartbeat: { enabled: 'bool', timeout_seconds: 'int' },
  limits: {
    limit_model_setting: { enabled: 'bool', models: 'strings' },
    limits_ip_setting: { enabled: 'bool', whitelist: 'strings' },
  },
  billing_tag: 'string',
}

/** The setting of a key as the web form makes it; a model limit is on when it names models. */
export function freshSetting(models: readonly string[]): StoredSetting {
  return {
    heartbeat: { enabled: false, timeout_seconds: 30 },
    limits: {
      limit_model_setting: { enabled: models.length > 0, models: [...models] },
      limits_ip_setting: { enabled: false, whitelist: [] },
    },
  }
}

function part(value: unknown, name: string): Record<string, unknown> | undefined {
  return bodyRecord(bodyRecord(value)?.[name])
}

/**
 * A setting of the right shape with its gaps as zero values: off, 0 and `null` lists. Who may not
 * set the billing tag keeps the one there was (not in the contract).
 */
export function readSetting(value: unknown, user: HubUser, before?: StoredSetting): StoredSetting {
  const heartbeat = part(value, 'heartbeat')
  const models = part(part(value, 'limits'), 'limit_model_setting')
  const ips = part(part(value, 'limits'), 'limits_ip_setting')
  const tag = user.role >= ROLE_STAFF ? bodyRecord(value)?.['billing_tag'] : before?.billing_tag
  return {
    heartbeat: {
      enabled: heartbeat?.['enabled'] === true,
      timeout_seconds: Number(heartbeat?.['timeout_seconds'] ?? 0),
    },
    limits: {
      limit_model_setting: {
        enabled: models?.['enabled'] === true,
        models: (models?.['models'] ?? null) as string[] | null,
      },
      limits_ip_setting: {
        enabled: ips?.['enabled'] === true,
        whitelist: (ips?.['whitelist'] ?? null) as string[] | null,
      },
    },
    ...(typeof tag === 'string' ? { billing_tag: tag } : {}),
  }
}

export function settingProblem({ heartbeat }: StoredSetting): string | null {
  if (heartbeat?.enabled !== true) return null
  const isInRange = heartbeat.timeout_seconds >= 30 && heartbeat.timeout_seconds <= 90
  return isInRange ? null : TEXT.heartbeatRange
}

/** The setting as its owner sees it. */
export function settingView(setting: StoredSetting, user: HubUser): StoredSetting {
  const { billing_tag: _, ...rest } = setting
  return user.role >= ROLE_STAFF ? setting : rest
}
