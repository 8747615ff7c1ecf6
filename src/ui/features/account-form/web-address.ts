import type { FieldError } from './draft-check'

/** As the account record holds it. */
const LONGEST = 2000

/** The whole address a person means: `https` where they left the scheme out; empty stays empty. */
export function webAddressIn(text: string): string {
  const plain = text.trim()
  return plain === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(plain) ? plain : `https://${plain}`
}

/** What is wrong with an address that may be left empty; it may have a path, but no login in it. */
export function checkWebAddress(text: string): { checkInUrl?: FieldError } {
  const error = errorOf(webAddressIn(text))
  return error ? { checkInUrl: error } : {}
}

function errorOf(address: string): FieldError | null {
  if (address === '') return null
  if (address.length > LONGEST) return 'too-long'
  if (/\s/.test(address) || !URL.canParse(address)) return 'not-a-web-address'
  const { protocol, username, password } = new URL(address)
  if (username !== '' || password !== '') return 'address-with-login'
  return /^https?:$/.test(protocol) ? null : 'not-a-web-address'
}
