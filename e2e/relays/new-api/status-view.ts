import type { RelayCore } from './context'
import { isSince } from './generation'

export const DEFAULT_RATE = 7.3

/** Name of the site: the operator's, else one that does not give the product away. */
export function systemNameOf(relay: RelayCore): string {
  return relay.options.systemName ?? 'Example Relay'
}

/** Web theme of the build, which decides the page paths (`contracts/new-api.md` 3.5). */
export function themeOf(relay: RelayCore): 'default' | 'classic' | null {
  if (isSince(relay.generation, 'g2')) return 'default'
  return relay.generation === 'g1b' ? 'classic' : null
}

/**
 * Whether this build knows check-in at all (0, 5): G1b and newer; G1a only where the option says
 * something about it, as it came late in that generation. Two relatives have one of their own, which
 * the status does not tell of.
 */
export function hasCheckin(relay: RelayCore): boolean {
  const special = relay.options.relative?.special
  if (special === 'any-router' || special === 'wong') return false
  if (relay.generation === 'g1a') return relay.options.checkinEnabled !== undefined
  return isSince(relay.generation, 'g1b')
}

function shared(relay: RelayCore) {
  return {
    version: 'v0.0.0',
    start_time: relay.state.startedAtSec,
    email_verification: false,
    github_oauth: false,
    github_client_id: '',
    system_name: systemNameOf(relay),
    logo: '',
    footer_html: '',
    wechat_qrcode: '',
    wechat_login: false,
    server_address: '',
    turnstile_check: relay.options.turnstile ?? false,
    turnstile_site_key: relay.options.turnstile === true ? '1x00000000000000000000AA' : '',
    top_up_link: '',
    quota_per_unit: relay.quotaPerUnit,
    display_in_currency: relay.options.quotaDisplayType !== 'TOKENS',
    oidc_client_id: '',
    oidc_authorization_endpoint: '',
  }
}

function oneApi({ options }: RelayCore) {
  return {
    lark_client_id: '',
    chat_link: options.chatLink ?? '',
    oidc: false,
    oidc_well_known: '',
    oidc_token_endpoint: '',
    oidc_userinfo_endpoint: '',
  }
}

function newApi(relay: RelayCore) {
  return {
    docs_link: '',
    price: relay.options.price ?? DEFAULT_RATE,
    oidc_enabled: false,
    linuxdo_oauth: false,
    linuxdo_client_id: '',
    telegram_oauth: false,
    telegram_bot_name: '',
    enable_batch_update: false,
    enable_drawing: true,
    enable_task: true,
    enable_data_export: relay.options.enableDataExport ?? false,
    data_export_default_time: 'hour',
    default_collapse_sidebar: false,
    mj_notify_enabled: false,
    chats: relay.options.chats ?? [],
    demo_site_enabled: false,
    self_use_mode_enabled: false,
    setup: true,
    // Later builds moved these two to `/api/user/topup/info`.
    ...(isSince(relay.generation, 'g1b') ? {} : { min_topup: 1, enable_online_topup: false }),
  }
}

function since2025(relay: RelayCore) {
  return {
    quota_display_type: relay.options.quotaDisplayType ?? 'USD',
    custom_currency_symbol: '¤',
    custom_currency_exchange_rate: 1,
    usd_exchange_rate: relay.options.usdExchangeRate ?? DEFAULT_RATE,
    stripe_unit_price: 8,
    default_use_auto_group: false,
    HeaderNavModules: '',
    SidebarModulesAdmin: '',
    api_info_enabled: false,
    announcements_enabled: false,
    faq_enabled: false,
    uptime_kuma_enabled: false,
    passkey_login: false,
    ...(hasCheckin(relay) ? { checkin_enabled: relay.state.checkin.enabled } : {}),
  }
}

function since2026(relay: RelayCore) {
  return {
    theme: themeOf(relay),
    custom_oauth_providers: [],
    user_agreement_enabled: false,
    privacy_policy_enabled: false,
    discord_oauth: false,
    discord_client_id: '',
    linuxdo_minimum_trust_level: 0,
  }
}

function sinceJwt() {
  return {
    register_enabled: true,
    password_login_enabled: true,
    password_register_enabled: true,
    _qn: 'new-api',
  }
}

/** `GET /api/status` data, with the fields of the generation (3.1; One API 14). */
export function statusView(relay: RelayCore): Record<string, unknown> {
  const { generation } = relay
  if (generation === 'one-api') return { ...shared(relay), ...oneApi(relay) }
  return {
    ...shared(relay),
    ...newApi(relay),
    ...(isSince(generation, 'g1a') ? since2025(relay) : {}),
    ...(isSince(generation, 'g1b') ? since2026(relay) : {}),
    ...(isSince(generation, 'g2') ? sinceJwt() : {}),
  }
}
