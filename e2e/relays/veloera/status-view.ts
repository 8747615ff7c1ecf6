import type { VeloeraCore } from './context'
import { isInCurrency, quotaPerUnitOf } from './money'

const DEFAULT_PRICE = 7.3

/** Status fields the front end copies into localStorage as strings (`contracts/veloera.md` 11). */
export const STATUS_COPIES = [
  'quota_per_unit',
  'display_in_currency',
  'system_name',
  'logo',
  'footer_html',
  'chats',
  'docs_link',
  'enable_drawing',
  'enable_task',
  'enable_data_export',
  'data_export_default_time',
  'default_collapse_sidebar',
  'mj_notify_enabled',
] as const

export function systemNameOf({ options }: VeloeraCore): string {
  return options.systemName ?? 'Example Relay'
}

function logins() {
  return {
    email_verification: false,
    github_oauth: false,
    github_client_id: '',
    linuxdo_oauth: false,
    linuxdo_client_id: '',
    telegram_oauth: false,
    telegram_bot_name: '',
    wechat_qrcode: '',
    wechat_login: false,
    oidc_enabled: false,
    oidc_client_id: '',
    oidc_authorization_endpoint: '',
  }
}

function money({ options }: VeloeraCore) {
  return {
    price: options.price ?? DEFAULT_PRICE,
    min_topup: 1,
    top_up_link: '',
    quota_per_unit: quotaPerUnitOf(options),
    display_in_currency: isInCurrency(options),
    enable_online_topup: false,
  }
}

function switches({ options, state }: VeloeraCore) {
  return {
    turnstile_check: options.turnstile ?? false,
    turnstile_site_key: options.turnstile === true ? '1x00000000000000000000AA' : '',
    enable_batch_update: false,
    enable_drawing: true,
    enable_task: true,
    enable_data_export: options.enableDataExport ?? false,
    data_export_default_time: 'hour',
    default_collapse_sidebar: false,
    mj_notify_enabled: false,
    demo_site_enabled: false,
    self_use_mode_enabled: false,
    setup: true,
    check_in_enabled: state.checkin.enabled,
  }
}

function sinceV4({ options }: VeloeraCore) {
  return {
    linuxdo_minimum_trust_level: 0,
    idcflare_oauth: false,
    idcflare_client_id: '',
    idcflare_minimum_trust_level: 0,
    aff_enabled: options.affEnabled ?? true,
    log_chat_content_enabled: false,
  }
}

/** `GET /api/status` data: exactly the keys of 2 for the generation. */
export function statusView(core: VeloeraCore): Record<string, unknown> {
  return {
    version: 'v0.0.0',
    start_time: core.state.startedAtSec,
    system_name: systemNameOf(core),
    logo: '',
    footer_html: '',
    server_address: 'http://localhost:3000',
    docs_link: '',
    chats: [{ 'Example Chat': 'https://chat.example/?key={key}&base={address}' }],
    ...logins(),
    ...money(core),
    ...switches(core),
    ...(core.isV4 ? sinceV4(core) : {}),
  }
}
