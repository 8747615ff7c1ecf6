import type { HubCore } from './context'

const LOG_DAYS = 180

/** Days of the log that DoneHub answers about (`contracts/donehub.md` 7.1). */
export const LOG_WINDOW_SEC = LOG_DAYS * 86_400

function shared({ options, state, ...relay }: HubCore) {
  return {
    version: 'v0.0.0',
    start_time: state.startedAtSec,
    email_verification: false,
    github_oauth: false,
    github_client_id: '',
    oidc_auth: false,
    lark_login: false,
    lark_client_id: '',
    system_name: relay.systemName,
    logo: '',
    language: 'zh_CN',
    footer_html: '',
    analytics_code: '',
    wechat_qrcode: '',
    wechat_login: false,
    server_address: options.serverAddress ?? '',
    turnstile_check: options.turnstile ?? false,
    turnstile_site_key: options.turnstile === true ? '1x00000000000000000000AA' : '',
    top_up_link: '',
    chat_link: options.chatLink ?? '',
    quota_per_unit: relay.quotaPerUnit,
    display_in_currency: relay.displayInCurrency,
    telegram_bot: '',
    mj_notify_enabled: false,
    chat_links: JSON.stringify(options.chatLinks ?? []),
    PaymentUSDRate: options.paymentUsdRate ?? 7.3,
    PaymentMinAmount: 1,
    RechargeDiscount: '{}',
    EnableSafe: false,
    SafeToolName: '',
    SafeKeyWords: [],
    UserInvoiceMonth: false,
    UptimeDomain: '',
    UptimePageName: '',
    UptimeEnabled: false,
  }
}

function doneHubOnly({ options }: HubCore) {
  return {
    linuxDo_oauth: false,
    linuxDo_client_id: '',
    language_switch_prompt_enabled: false,
    invite_code_register: false,
    user_agreement_enabled: false,
    privacy_policy_enabled: false,
    quota_remind_threshold: 0,
    builtin_chat_enabled: false,
    GeminiAPIEnabled: options.geminiApi ?? true,
    ClaudeAPIEnabled: options.claudeApi ?? true,
    max_log_query_days: LOG_DAYS,
  }
}

/** `GET /api/status` data, exactly the keys of the table in section 2. */
export function statusView(relay: HubCore): Record<string, unknown> {
  return { ...shared(relay), ...(relay.isDoneHub ? doneHubOnly(relay) : {}) }
}
