import { type Result, settle } from '@/src/domain/failure'
import type { PageRenewal } from '@/src/domain/page-renewal'
import type { SiteStatus } from '@/src/domain/snapshot'

import type { SiteContext } from '../adapter'
import { STORED } from './page'
import { fetchData, SETTINGS } from './request'
import { type SettingsAnswer, settingsSchema } from './schemas'

/** The first version whose pages take a Web Lock while they renew (`contracts/sub2api.md 1`). */
const LOCKING = [0, 1, 170] as const

const PAGE_RENEWAL: PageRenewal = {
  lock: 'sub2api-auth-token-refresh',
  path: '/api/v1/auth/refresh',
  keys: STORED,
}

/** `GET /settings/public`, for anybody (`contracts/sub2api.md 13`). */
export function fetchSettings(ctx: SiteContext): Promise<SettingsAnswer> {
  return fetchData(ctx, null, { path: SETTINGS }, settingsSchema)
}

export function fetchStatus(ctx: SiteContext): Promise<Result<SiteStatus>> {
  return settle(async () => toStatus(await fetchSettings(ctx)))
}

export function toStatus({ site_name: name }: SettingsAnswer): SiteStatus {
  const systemName = name.trim().slice(0, 200)
  return systemName === '' ? {} : { systemName }
}

/** Whether a login by API is impossible (`contracts/sub2api.md 4.4`). */
export function wantsCaptcha(settings: SettingsAnswer): boolean {
  return [
    settings.turnstile_enabled,
    settings.tencent_captcha_enabled,
    settings.aliyun_captcha_enabled,
  ].includes(true)
}

/**
 * How pages renew their session, `null` where they take no lock (`contracts/sub2api.md 1, 5`). A
 * lock leaves no other trace in any answer, so here the version text has to do.
 */
export function pageRenewal(ctx: SiteContext): Promise<Result<PageRenewal | null>> {
  return settle(async () => {
    const { version } = await fetchSettings(ctx)
    return takesLock(version ?? '') ? PAGE_RENEWAL : null
  })
}

function takesLock(version: string): boolean {
  const numbers = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?!\d)/
    .exec(version.trim())
    ?.slice(1)
    .map(Number)
  if (!numbers) return false
  for (const [at, least] of LOCKING.entries()) {
    const number = numbers[at] ?? 0
    if (number !== least) return number > least
  }
  return true
}
