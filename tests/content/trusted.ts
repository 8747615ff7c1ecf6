/** What jsdom keeps behind an object of a page. */
function behind<T extends object>(wrapper: object): T {
  const symbol = Object.getOwnPropertySymbols(wrapper).find(
    ({ description }) => description === 'impl',
  )
  if (!symbol) throw new Error('this is no object of jsdom')
  return (wrapper as Record<symbol, T>)[symbol]!
}

/** Dispatches an event as the browser does for what a person did: scripts cannot. */
export function byHand(target: EventTarget, event: Event): void {
  const impl = behind<{ isTrusted: boolean }>(event)
  impl.isTrusted = true
  behind<{ _dispatch(event: object): void }>(target)._dispatch(impl)
}
