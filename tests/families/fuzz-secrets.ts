import type { Random } from './fuzz-random'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LETTERS}0123456789`
const BASE64 = `${ALPHANUMERIC}+/`
const BASE64URL = `${ALPHANUMERIC}-_`
const HEX = '0123456789abcdef'
const SIGNS = '!#$%&*+-./:;<=>?@^_~"\'\\'

/** A secret, and whether its form alone gives it away (`DETAIL` may show what has no form). */
export interface Secret {
  readonly kind: string
  readonly text: string
  readonly isShaped: boolean
}

type Make = (random: Random) => string

const encode = (text: string): string => Buffer.from(text).toString('base64url')

const jwt: Make = (random) =>
  [
    encode('{"alg":"HS256","typ":"JWT"}'),
    encode(`{"user_id":7,"jti":"${random.text(HEX, 12)}"}`),
    random.text(BASE64URL, 43),
  ].join('.')

/** As a server signs them: base64 of a date, the payload and a signature. */
const sessionCookie: Make = (random) =>
  Buffer.from(`17900${random.text(HEX, 5)}|${random.text(BASE64URL, 60)}|`).toString('base64url')

const withSigns: Make = (random) =>
  random.text(ALPHANUMERIC, 5 + random.int(5)) +
  random.text(SIGNS, 2) +
  random.text(ALPHANUMERIC, 3 + random.int(5))

const email: Make = (random) =>
  `${random.text(LETTERS, 6).toLowerCase()}.${random.text(HEX, 4)}@mail.example`

const SHAPED: Readonly<Record<string, Make>> = {
  'access token of 28': (random) => `${random.text(BASE64, 27)}=`,
  'access token of 32': (random) => random.text(BASE64, 32),
  'access token of 32 hex digits': (random) => random.text(HEX, 32),
  'access token of 43': (random) => random.text(BASE64URL, 43),
  'access token of 48': (random) => random.text(ALPHANUMERIC, 48),
  JWT: jwt,
  'refresh token': (random) => `rt_${random.text(HEX, 64)}`,
  'refresh cookie': (random) => `${random.text(HEX, 32)}.${random.text(BASE64URL, 43)}`,
  'session cookie': sessionCookie,
  'API key': (random) => `sk-${random.text(ALPHANUMERIC, 48)}`,
  'API key of Sub2API': (random) => `sk-${random.text(HEX, 64)}`,
  'management key': (random) => `sk-or-mgmt-${random.text(BASE64URL, 40)}`,
  'admin key': (random) => `admin-${random.text(HEX, 64)}`,
  'e-mail address': email,
}

const SHAPELESS: Readonly<Record<string, Make>> = {
  'password of letters': (random) => random.text(LETTERS, 8 + random.int(8)),
  'password of letters in two words': (random) =>
    `${random.text(LETTERS, 8)}_${random.text(LETTERS, 6)}`,
  'password with digits': (random) => random.text(ALPHANUMERIC, 8 + random.int(6)),
  'password with signs': withSigns,
}

const KINDS = [
  ...Object.entries(SHAPED).map(([kind, make]) => ({ kind, make, isShaped: true })),
  ...Object.entries(SHAPELESS).map(([kind, make]) => ({ kind, make, isShaped: false })),
]

/** A secret of any of the forms. */
export function makeSecret(random: Random): Secret {
  const { kind, make, isShaped } = random.pick(KINDS)
  return { kind, text: make(random), isShaped }
}

/** What calls carry to prove somebody. */
export interface Credentials {
  readonly accessToken: string
  readonly managementKey: string
  readonly bearer: string
  readonly refreshToken: string
  readonly login: string
  readonly password: string
  readonly code: string
}

export function makeCredentials(random: Random): Credentials {
  return {
    // Whoever types a token may type a password instead.
    accessToken: makeSecret(random).text,
    managementKey: SHAPED['management key']!(random),
    bearer: random.once(2) ? jwt(random) : random.text(ALPHANUMERIC, 12),
    refreshToken: SHAPED['refresh token']!(random),
    login: email(random),
    password: withSigns(random),
    code: random.text(ALPHANUMERIC, 8),
  }
}

/** How a site may repeat what it was sent. */
export const ECHOES: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  'percent-encoded': encodeURIComponent,
  'in capitals': (text) => text.toUpperCase(),
  'in small letters': (text) => text.toLowerCase(),
}

const lettersAndDigits = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Searches a text for secrets, whatever became of their capitals and their signs. */
export function searchIn(text: string): (secret: string) => boolean {
  const searched = lettersAndDigits(text)
  return (secret) => {
    if (text.includes(secret)) return true
    const core = lettersAndDigits(secret)
    if (core.length < 8) return false
    return (
      searched.includes(core) || searched.includes(lettersAndDigits(encodeURIComponent(secret)))
    )
  }
}
