import type { SiteType } from '@/src/domain/site-type'

const ok = (data: unknown) => ({ success: true, message: '', data })
const enveloped = (data: unknown) => ({ code: 0, message: 'success', data })

const STATUS = {
  system_name: 'Relay',
  quota_per_unit: 500_000,
  usd_exchange_rate: 7,
  price: 7.3,
  HeaderNavModules: '',
  checkin_enabled: true,
}

const HUB_STATUS = {
  system_name: 'Relay',
  quota_per_unit: 500_000,
  PaymentUSDRate: 7.3,
  EnableSafe: false,
  UptimeEnabled: false,
}

const KEY = {
  id: 3,
  user_id: 7,
  name: 'first',
  key: 'k',
  status: 1,
  created_time: 1,
  accessed_time: 2,
  expired_time: -1,
  remain_quota: 3,
  used_quota: 4,
  unlimited_quota: false,
  model_limits: '',
  group: 'vip',
  setting: { limits: { limit_model_setting: { enabled: true, models: ['m'] } } },
}

const items = (row: unknown) => ({ page: 1, page_size: 100, total: 1, items: [row] })
const hubRows = (row: unknown) => ({ data: [row], page: 1, size: 100, total_count: 1 })

/** What the lineage of One API answers when all is well. */
function lineage(family: SiteType, nowMs: number): Record<string, unknown> {
  const isHub = family === 'done-hub' || family === 'one-hub'
  const isVeloera = family === 'veloera'
  const log = {
    user_id: 7,
    username: 'alice',
    created_at: Math.floor(nowMs / 1000),
    quota: 1,
    prompt_tokens: 2,
    completion_tokens: 3,
  }
  return {
    '/api/status': ok({
      ...(isHub ? HUB_STATUS : STATUS),
      ...(family === 'done-hub' ? { linuxDo_oauth: false } : {}),
      ...(isVeloera ? { check_in_enabled: true, aff_enabled: true } : {}),
    }),
    '/api/user/self': ok({
      id: 7,
      username: 'alice',
      display_name: 'Alice',
      group: 'vip',
      quota: 5,
      used_quota: 6,
      request_count: 7,
      ...(isVeloera ? { subscription_quota: 1 } : {}),
    }),
    '/api/token/3': ok(KEY),
    '/api/token/3/key': ok({ key: 'k'.repeat(48) }),
    '/api/token/batch/keys': ok({ keys: { 3: 'k'.repeat(48) } }),
    '/api/user/models': ok(['m']),
    '/api/user/available_models': ok(['m']),
    '/api/available_model': ok({ m: { groups: ['vip'], owned_by: 'x', price: {} } }),
    '/api/verify': ok({ verified: true, expires_at: 1, proof_token: 'pr00f' }),
    '/api/verify/methods': ok({ methods: [{ method: '2fa', available: true }] }),
    '/api/token/': ok(isHub ? hubRows(KEY) : isVeloera ? [KEY] : items(KEY)),
    '/api/log/self/stat': ok({ quota: 5 }),
    '/api/log/self': ok(isHub ? hubRows(log) : items(log)),
    '/api/user/self/groups': ok({ vip: { ratio: 0.8, desc: 'VIP' } }),
    '/api/user_group_map': ok({ vip: { symbol: 'vip', name: 'VIP', ratio: 0.8 } }),
    '/api/user/token': ok('t0kenoftheanswer'),
    '/api/user/token/status': ok({ exists: true }),
    '/api/user/topup/info': ok({}),
    '/api/user/auth/refresh': ok({
      access_token: 'bearer',
      token_type: 'Bearer',
      access_expires_at: Math.floor(nowMs / 1000) + 900,
      session: { sid: 's', current: true },
      user: { id: 7 },
    }),
  }
}

const progress = { limit_usd: 5, used_usd: 1, resets_at: '2026-01-02T03:04:05Z' }

const SUB2API_KEY = {
  id: 3,
  user_id: 7,
  key: 'k',
  name: 'first',
  status: 'active',
  quota: 5,
  quota_used: 1,
  ip_whitelist: ['10.0.0.1'],
  ip_blacklist: null,
  group: { id: 4, name: 'vip' },
}

const SUB2API: Readonly<Record<string, unknown>> = {
  '/api/v1/auth/me': enveloped({ id: 7, username: 'alice', balance: 1.5, rpm_limit: 0 }),
  '/api/v1/settings/public': enveloped({ site_name: 'Relay', registration_enabled: true }),
  '/api/v1/usage/dashboard/stats': enveloped({ total_requests: 5, total_actual_cost: 0.5 }),
  '/api/v1/usage/stats': enveloped({
    total_requests: 1,
    total_input_tokens: 2,
    total_output_tokens: 3,
    total_actual_cost: 0.5,
  }),
  '/api/v1/keys': enveloped({
    items: [SUB2API_KEY],
    total: 1,
    page: 1,
    page_size: 100,
    pages: 1,
  }),
  '/api/v1/keys/3': enveloped(SUB2API_KEY),
  '/api/v1/channels/available': enveloped([
    { platforms: [{ platform: 'x', supported_models: [{ name: 'm' }] }] },
  ]),
  '/api/v1/model-plaza': enveloped({ groups: [{ models: [{ name: 'm' }] }] }),
  '/api/v1/groups/available': enveloped([{ id: 4, name: 'vip', rate_multiplier: 1.2 }]),
  '/api/v1/groups/rates': enveloped({ 4: 0.8 }),
  '/api/v1/subscriptions/progress': enveloped([
    {
      subscription: { id: 1, user_id: 7, status: 'active', group: { name: 'vip' } },
      progress: { group_name: 'vip', daily: progress, weekly: progress },
    },
  ]),
  '/api/v1/auth/login': enveloped({ access_token: 'bearer', expires_in: 900, user: { id: 7 } }),
  '/api/v1/auth/refresh': enveloped({
    access_token: 'bearer',
    refresh_token: 'rt_new',
    expires_in: 900,
  }),
}

const OPEN_ROUTER_KEY = {
  hash: 'f3a',
  name: 'first',
  label: 'sk-or-v1-abc...xyz',
  disabled: false,
  limit: 10,
  limit_remaining: 7.5,
  usage: 2.5,
  expires_at: null,
}

const OPEN_ROUTER: Readonly<Record<string, unknown>> = {
  '/api/v1/key': { data: { is_management_key: true, creator_user_id: '7' } },
  '/api/v1/credits': { data: { total_credits: 5, total_usage: 1.5 } },
  '/api/v1/workspaces': { data: [{ id: 'ws_1' }] },
  '/api/v1/keys': {
    data: [OPEN_ROUTER_KEY],
  },
  '/api/v1/keys/f3a': { data: OPEN_ROUTER_KEY, deleted: true },
  '/api/v1/models/user': { data: [{ id: 'm' }], links: { next: '/api/v1/models/user?offset=1' } },
}

const AIHUBMIX: Readonly<Record<string, unknown>> = {
  '/api/user/self': ok({ username: '7', quota: '5', used_quota: 6, request_count: 7 }),
  '/call/usr/self': ok({ username: '7', quota: 5 }),
  '/api/token/': ok([KEY]),
  '/api/token/3': ok(KEY),
  '/api/user/available_models': ok(['m', { model: 'n' }]),
}

const NOT_FOUND = { error: { message: 'Invalid URL', type: 'invalid_request_error' } }

/** The body of a healthy answer of a family; unknown paths have the form of the lineage's. */
export function healthyBody(family: SiteType, path: string, nowMs: number): unknown {
  const answers =
    family === 'sub2api'
      ? SUB2API
      : family === 'open-router'
        ? OPEN_ROUTER
        : family === 'aihubmix'
          ? AIHUBMIX
          : lineage(family, nowMs)
  return answers[path] ?? NOT_FOUND
}
