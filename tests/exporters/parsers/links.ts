/** Readers of links as `contracts/exports.md` says their targets are; they know no builder. */

/** Form-urlencoded, by hand: `+` is a space, the last of equal names wins. */
export function formQuery(url: string): Record<string, string> {
  const text = url.slice(url.indexOf('?') + 1)
  const decoded = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
  return Object.fromEntries(
    text.split('&').map((pair) => {
      const at = pair.indexOf('=')
      return [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))]
    }),
  )
}

export function utf8FromBase64(text: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Error('not base64')
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    Buffer.from(text, 'base64'),
  )
}

/**
 * The reader of Cherry Studio with all its habits (`1.1`): literal `+` and `/` of the query become
 * `_` and `-`, `data` is read, `_` and `-` are turned back, then quotes and parentheses are spoiled.
 */
export function cherryStudioReads(link: string): unknown {
  const prefix = 'cherrystudio://providers/api-keys?'
  if (!link.startsWith(prefix)) throw new Error('another path is ignored')
  const search = link.slice(prefix.length).replaceAll('+', '_').replaceAll('/', '-')
  const data = new URLSearchParams(search).get('data') ?? ''
  const base64 = data.replaceAll('_', '+').replaceAll('-', '/')
  const json = Buffer.from(base64, 'base64').toString('utf8')
  const spoiled = json.replaceAll("'", '"').replaceAll('(', '').replaceAll(')', '')
  const provider: unknown = JSON.parse(spoiled)
  return provider
}

/** `2.1, 2.2`. */
export function ccSwitchReads(link: string): Record<string, string> {
  if (!link.startsWith('ccswitch://v1/import?')) throw new Error('not its host and path')
  const query = formQuery(link)
  const apps = ['claude', 'codex', 'gemini', 'grokbuild', 'opencode', 'openclaw', 'hermes']
  if (query['resource'] !== 'provider' || !apps.includes(query['app'] ?? '')) {
    throw new Error('not a provider of an app')
  }
  if (!query['name'] || !query['endpoint'] || !query['apiKey']) throw new Error('incomplete')
  for (const endpoint of query['endpoint'].split(',')) {
    if (!/^https?:\/\//.test(endpoint)) throw new Error('not an endpoint')
  }
  return query
}

/** `5.3`. */
export function claudeCodeRouterReads(link: string) {
  if (!link.startsWith('ccr://provider?')) throw new Error('not its host')
  const query = formQuery(link)
  const models = query['models'] === undefined ? [] : query['models'].split(',')
  const within =
    link.length <= 32_000 &&
    (query['name'] ?? '').length <= 120 &&
    (query['base_url'] ?? '').length <= 2048 &&
    models.length <= 300 &&
    models.every((model) => model.length <= 256)
  if (!within) throw new Error('over a limit')
  return { ...query, models }
}

/** `3.5`: one line for each provider. */
export function kelivoReads(text: string): unknown[] {
  return text.split('\n').map((line) => {
    if (!line.startsWith('ai-provider:v1:')) throw new Error('not a code')
    const provider: unknown = JSON.parse(utf8FromBase64(line.slice('ai-provider:v1:'.length)))
    return provider
  })
}
