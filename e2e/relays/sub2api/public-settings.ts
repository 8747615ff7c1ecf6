import type { RelayCore } from './context'
import { utcOffset } from './zones'

/** Present since v0.1.1 (`contracts/sub2api.md` 13). */
function oldSettings({ state }: RelayCore): Record<string, unknown> {
  const { turnstile, siteName, apiBaseUrl, version } = state.settings
  return {
    registration_enabled: true,
    email_verify_enabled: false,
    turnstile_enabled: turnstile,
    turnstile_site_key: turnstile ? '0x4AAAAAAAAAAAAAAAAAAAAA' : '',
    site_name: siteName,
    site_logo: '',
    site_subtitle: '',
    api_base_url: apiBaseUrl,
    contact_info: '',
    doc_url: '',
    version,
  }
}

const PROVIDERS = ['linuxdo', 'github', 'google', 'oidc', 'wechat', 'dingtalk']

/** What newer versions add, as far as it is of interest to a client (13). */
function newSettings({ state, nowMs }: RelayCore): Record<string, unknown> {
  const { backendMode, serverTimezone, availableChannels, affiliate, modelPlaza } = state.settings
  const isTotpUsed = [...state.users.values()].some(({ totpCode }) => totpCode !== null)
  return {
    totp_enabled: isTotpUsed,
    passkey_enabled: false,
    tencent_captcha_enabled: false,
    tencent_captcha_app_id: '',
    aliyun_captcha_enabled: false,
    home_content: '',
    hide_ccs_import_button: false,
    purchase_subscription_enabled: false,
    purchase_subscription_url: '',
    table_default_page_size: 20,
    table_page_size_options: [10, 20, 50, 100],
    custom_menu_items: [],
    custom_endpoints: [],
    ...Object.fromEntries(PROVIDERS.map((name) => [`${name}_oauth_enabled`, false])),
    backend_mode_enabled: backendMode,
    payment_enabled: false,
    server_timezone: serverTimezone,
    server_utc_offset: utcOffset(nowMs(), serverTimezone),
    balance_low_notify_enabled: false,
    balance_low_notify_threshold: 0,
    balance_low_notify_recharge_url: '',
    channel_monitor_enabled: false,
    available_channels_enabled: availableChannels,
    model_plaza_enabled: modelPlaza,
    model_plaza_require_auth: false,
    affiliate_enabled: affiliate,
    allow_user_view_error_requests: false,
  }
}

/** `data` of `GET /settings/public` (`contracts/sub2api.md` 13). */
export function publicSettings(relay: RelayCore): Record<string, unknown> {
  return {
    ...oldSettings(relay),
    ...(relay.isNew ? newSettings(relay) : {}),
    ...relay.options.publicSettings,
  }
}
