import type { ChannelConfig } from '@/src/domain/notice'

/** Parts of the services' own addresses, which anybody may read and their errors may name. */
const PUBLIC_PARTS = new Set(
  'api bot cgi-bin hook hooks open-apis robot send services v1 v2 webhook webhooks'.split(' '),
)

/**
 * Everything of a configuration that must never be shown: what is typed, and what of an address
 * lets others send there.
 */
export function secretsOf(config: ChannelConfig): string[] {
  const address = config.address.trim()
  const secrets = [address, ...partsOf(address)]
  if ('token' in config) secrets.push(config.token.trim(), ...config.token.trim().split(':'))
  if (config.kind === 'telegram') secrets.push(config.chatId.trim())
  if (config.kind === 'dingtalk') secrets.push(config.secret.trim())
  return [...new Set(secrets)].filter(
    (secret) => secret !== '' && !PUBLIC_PARTS.has(secret.toLowerCase()),
  )
}

/**
 * Parts of the path, and values (or bare names) of the query, as they stand and decoded; of both what
 * is left and right of placeholders.
 */
function partsOf(address: string): string[] {
  const rest = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const [path = '', query = ''] = rest.split(/[?#](.*)/s, 2)
  const values = query.split(/[&#]/).map((pair) => pair.slice(pair.indexOf('=') + 1))
  return [...path.split('/'), ...values]
    .flatMap((part) => [part, decoded(part)])
    .flatMap((part) => part.split(/\{\w+\}/))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
