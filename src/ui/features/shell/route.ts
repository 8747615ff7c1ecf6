/** A place of the options page. What is open beside the page is part of the place. */
export type Route =
  | { readonly page: Exclude<PlainPage, 'check-in'> }
  /** `account`: the one whose days are open beside the list. */
  | { readonly page: 'check-in'; readonly account?: string }
  | { readonly page: 'accounts'; readonly panel: AccountsPanel }
  | { readonly page: 'keys'; readonly panel: KeysPanel }
  | { readonly page: 'credentials'; readonly panel: CredentialsPanel }
  | { readonly page: 'models'; readonly credentialId: string }

/** Pages that find out by themselves what is open beside them, if anything is. */
const PLAIN_PAGES = [
  'needs-you',
  'check-in',
  'redeem',
  'journal',
  'import',
  'sites',
  'settings',
] as const

export type PlainPage = (typeof PLAIN_PAGES)[number]

export type AccountsPanel =
  | { readonly kind: 'none' }
  | { readonly kind: 'add'; readonly origin?: string; readonly tabId?: number }
  | { readonly kind: 'details'; readonly id: string }
  | { readonly kind: 'edit'; readonly id: string }

/** What is open on the Keys page. `account` narrows the list to one account. */
export type KeysPanel =
  | { readonly kind: 'none'; readonly account?: string }
  | { readonly kind: 'create'; readonly account?: string }
  | { readonly kind: KeyPanelKind; readonly account: string; readonly key: string }
  | { readonly kind: 'repair' }
  | { readonly kind: 'audit' }

/** Panels about one key. */
const KEY_PANELS = ['details', 'edit', 'duplicate', 'check', 'export', 'rotate'] as const

export type KeyPanelKind = (typeof KEY_PANELS)[number]

export type CredentialsPanel =
  | { readonly kind: 'none' }
  | { readonly kind: 'add' }
  | { readonly kind: CredentialPanelKind; readonly id: string }

const CREDENTIAL_PANELS = ['details', 'edit', 'check', 'export'] as const

export type CredentialPanelKind = (typeof CREDENTIAL_PANELS)[number]

export const ACCOUNTS: Route = { page: 'accounts', panel: { kind: 'none' } }

const ACCOUNT_ID = /^acc_[0-9a-f]{32}$/
const CREDENTIAL_ID = /^cred_[0-9a-f]{32}$/

/** Reads the part of the address after `#`. `null` = no such place. */
export function parseRoute(hash: string): Route | null {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2)
  const [page, ...rest] = path.split('/').filter((part) => part !== '')
  const params = new URLSearchParams(search)
  const plain = PLAIN_PAGES.find((one) => one === page)
  if (plain === 'check-in') return checkInRoute(rest)
  if (plain !== undefined) return rest.length === 0 ? { page: plain } : null
  switch (page) {
    case 'accounts': {
      const panel = accountsPanel(rest, params)
      return panel && { page, panel }
    }
    case 'keys': {
      const panel = keysPanel(rest, params)
      return panel && { page, panel }
    }
    case 'credentials': {
      const panel = credentialsPanel(rest)
      return panel && { page, panel }
    }
    case 'models': {
      const [id = '', ...more] = rest
      return CREDENTIAL_ID.test(id) && more.length === 0 ? { page, credentialId: id } : null
    }
    default:
      return null
  }
}

/** The address of a place, with its `#`. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'accounts':
      return accountsHref(route.panel)
    case 'keys':
      return keysHref(route.panel)
    case 'credentials':
      return credentialsHref(route.panel)
    case 'models':
      return `#/models/${route.credentialId}`
    case 'check-in':
      return route.account === undefined ? '#/check-in' : `#/check-in/${route.account}`
    default:
      return `#/${route.page}`
  }
}

function checkInRoute([account, ...more]: readonly string[]): Route | null {
  if (account === undefined) return { page: 'check-in' }
  return ACCOUNT_ID.test(account) && more.length === 0 ? { page: 'check-in', account } : null
}

function accountsHref(panel: AccountsPanel): string {
  if (panel.kind === 'details') return `#/accounts/${panel.id}`
  if (panel.kind === 'edit') return `#/accounts/${panel.id}/edit`
  if (panel.kind === 'none') return '#/accounts'
  const params = new URLSearchParams({ add: '1' })
  if (panel.origin !== undefined) params.set('origin', panel.origin)
  if (panel.tabId !== undefined) params.set('tab', String(panel.tabId))
  return `#/accounts?${params.toString()}`
}

function accountsPanel(parts: readonly string[], params: URLSearchParams): AccountsPanel | null {
  const [id, verb, ...more] = parts
  if (more.length > 0) return null
  if (id === undefined) return addPanel(params)
  if (!ACCOUNT_ID.test(id)) return null
  if (verb === undefined) return { kind: 'details', id }
  return verb === 'edit' ? { kind: 'edit', id } : null
}

function addPanel(params: URLSearchParams): AccountsPanel {
  if (params.get('add') !== '1') return { kind: 'none' }
  const origin = params.get('origin')
  const tab = params.get('tab') ?? ''
  return {
    kind: 'add',
    ...(origin ? { origin } : {}),
    ...(/^\d{1,15}$/.test(tab) ? { tabId: Number(tab) } : {}),
  }
}

function keysHref(panel: KeysPanel): string {
  switch (panel.kind) {
    case 'none':
    case 'create': {
      const verb = panel.kind === 'none' ? '' : '/create'
      return `#/keys${verb}${panel.account === undefined ? '' : `?account=${panel.account}`}`
    }
    case 'repair':
    case 'audit':
      return `#/keys/${panel.kind}`
    default:
      return `#/keys/${panel.kind}/${panel.account}/${encodeURIComponent(panel.key)}`
  }
}

function keysPanel(parts: readonly string[], params: URLSearchParams): KeysPanel | null {
  const [verb, account, key, ...more] = parts
  const wanted = params.get('account')
  const narrowed = wanted !== null && ACCOUNT_ID.test(wanted) ? { account: wanted } : {}
  if (verb === undefined) return { kind: 'none', ...narrowed }
  if (account === undefined) {
    if (verb === 'create') return { kind: verb, ...narrowed }
    return verb === 'repair' || verb === 'audit' ? { kind: verb } : null
  }
  const kind = KEY_PANELS.find((one) => one === verb)
  if (kind === undefined || key === undefined || more.length > 0) return null
  return ACCOUNT_ID.test(account) ? { kind, account, key: decoded(key) } : null
}

function credentialsHref(panel: CredentialsPanel): string {
  if (panel.kind === 'none') return '#/credentials'
  return panel.kind === 'add' ? '#/credentials/add' : `#/credentials/${panel.kind}/${panel.id}`
}

function credentialsPanel(parts: readonly string[]): CredentialsPanel | null {
  const [verb, id, ...more] = parts
  if (verb === undefined) return { kind: 'none' }
  if (verb === 'add' && id === undefined) return { kind: 'add' }
  const kind = CREDENTIAL_PANELS.find((one) => one === verb)
  if (kind === undefined || id === undefined || more.length > 0) return null
  return CREDENTIAL_ID.test(id) ? { kind, id } : null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
