/** A place of the options page. What is open beside the page is part of the place. */
export type Route =
  { readonly page: PlainPage } | { readonly page: 'accounts'; readonly panel: AccountsPanel }

/** Pages that are nothing but themselves. */
const PLAIN_PAGES = ['needs-you', 'import', 'sites', 'settings'] as const

export type PlainPage = (typeof PLAIN_PAGES)[number]

export type AccountsPanel =
  | { readonly kind: 'none' }
  | { readonly kind: 'add'; readonly origin?: string; readonly tabId?: number }
  | { readonly kind: 'details'; readonly id: string }
  | { readonly kind: 'edit'; readonly id: string }

export const ACCOUNTS: Route = { page: 'accounts', panel: { kind: 'none' } }

/** Reads the part of the address after `#`. `null` = no such place. */
export function parseRoute(hash: string): Route | null {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2)
  const [page, id, verb, ...rest] = path.split('/').filter((part) => part !== '')
  if (rest.length > 0) return null
  const plain = PLAIN_PAGES.find((one) => one === page)
  if (plain !== undefined && id === undefined) return { page: plain }
  if (page !== 'accounts') return null
  if (id === undefined) return { page, panel: panelOf(new URLSearchParams(search)) }
  if (!/^acc_[0-9a-f]{32}$/.test(id)) return null
  if (verb === undefined) return { page, panel: { kind: 'details', id } }
  return verb === 'edit' ? { page, panel: { kind: 'edit', id } } : null
}

/** The address of a place, with its `#`. */
export function hrefOf(route: Route): string {
  if (route.page !== 'accounts') return `#/${route.page}`
  const { panel } = route
  if (panel.kind === 'details') return `#/accounts/${panel.id}`
  if (panel.kind === 'edit') return `#/accounts/${panel.id}/edit`
  if (panel.kind === 'none') return '#/accounts'
  const params = new URLSearchParams({ add: '1' })
  if (panel.origin !== undefined) params.set('origin', panel.origin)
  if (panel.tabId !== undefined) params.set('tab', String(panel.tabId))
  return `#/accounts?${params.toString()}`
}

function panelOf(params: URLSearchParams): AccountsPanel {
  if (params.get('add') !== '1') return { kind: 'none' }
  const origin = params.get('origin')
  const tab = params.get('tab') ?? ''
  return {
    kind: 'add',
    ...(origin ? { origin } : {}),
    ...(/^\d{1,15}$/.test(tab) ? { tabId: Number(tab) } : {}),
  }
}
