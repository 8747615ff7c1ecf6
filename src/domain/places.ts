/** The place of the options page where adding an account begins, for a site if one is known. */
export function addAccountPlace(site: { origin: string; tabId: number } | null): string {
  const params = new URLSearchParams({ add: '1' })
  if (site) {
    params.set('origin', site.origin)
    params.set('tab', String(site.tabId))
  }
  return `/accounts?${params.toString()}`
}

/** Where a browser notification leads: the page of what it tells. */
export function noticePlace(event: string): string {
  if (event.startsWith('check-in')) return '/check-in'
  if (event === 'low-balance') return '/accounts'
  return event === 'login-expired' ? '/needs-you' : '/settings'
}
