/** The texts there are, by subject; the English files say which keys each one has. */
export interface Texts {
  common: typeof import('../../../locales/en/common.json')
  failures: typeof import('../../../locales/en/failures.json')
  'late-failures': typeof import('../../../locales/en/late-failures.json')
  popup: typeof import('../../../locales/en/popup.json')
  shell: typeof import('../../../locales/en/shell.json')
  accounts: typeof import('../../../locales/en/accounts.json')
  'account-form': typeof import('../../../locales/en/account-form.json')
  'needs-you': typeof import('../../../locales/en/needs-you.json')
  import: typeof import('../../../locales/en/import.json')
  sites: typeof import('../../../locales/en/sites.json')
  settings: typeof import('../../../locales/en/settings.json')
  keys: typeof import('../../../locales/en/keys.json')
  credentials: typeof import('../../../locales/en/credentials.json')
  checks: typeof import('../../../locales/en/checks.json')
  'check-in': typeof import('../../../locales/en/check-in.json')
  redeem: typeof import('../../../locales/en/redeem.json')
  journal: typeof import('../../../locales/en/journal.json')
  automation: typeof import('../../../locales/en/automation.json')
  exports: typeof import('../../../locales/en/exports.json')
}

export type Namespace = keyof Texts

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts
  }
}
