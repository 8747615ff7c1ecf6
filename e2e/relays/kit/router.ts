/** What the router needs to know of a route. */
interface RouteShape {
  readonly method: string
  /** `/api/token/:id`; a trailing slash is part of it. */
  readonly path: string
}

/** What a path leads to in one relay. */
export type RouteMatch<Route extends RouteShape> =
  | { kind: 'route'; route: Route; params: Record<string, string> }
  /** The form with the trailing slash is registered, this one is not (1.4). */
  | { kind: 'redirect'; path: string }
  | { kind: 'none' }

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const expected = pattern.split('/')
  const given = path.split('/')
  if (expected.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decode(value)
    else if (part !== value) return null
  }
  return params
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Finds routes of one relay; fixed paths win over `:param` ones. */
export class Router<Route extends RouteShape> {
  private readonly routes: readonly Route[]

  constructor(routes: readonly Route[]) {
    const parameters = (route: Route): number => route.path.split(':').length
    this.routes = [...routes].sort((a, b) => parameters(a) - parameters(b))
  }

  match(method: string, path: string): RouteMatch<Route> {
    const found = this.find(method, path)
    if (found !== null) return { kind: 'route', ...found }
    const hasSlashForm = this.find(method, `${path}/`)?.route.path.endsWith('/') === true
    return hasSlashForm ? { kind: 'redirect', path: `${path}/` } : { kind: 'none' }
  }

  private find(
    method: string,
    path: string,
  ): { route: Route; params: Record<string, string> } | null {
    for (const route of this.routes) {
      if (route.method !== method) continue
      const params = paramsOf(route.path, path)
      if (params !== null) return { route, params }
    }
    return null
  }
}
