import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

function mac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function cookieKey(secret: string): Buffer {
  return createHash('sha256').update(`cookie:${secret}`).digest()
}

/**
 * `iv.payload.mac`: what the `session` cookie holds. Encrypted as well as signed, because a client
 * cannot read the contents of the real one (`contracts/new-api.md` 2.2).
 */
export function sealCookie(secret: string, payload: unknown): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-ctr', cookieKey(secret), iv)
  const sealed = Buffer.concat([cipher.update(encode(payload)), cipher.final()])
  const text = `${iv.toString('base64url')}.${sealed.toString('base64url')}`
  return `${text}.${mac(secret, `cookie:${text}`)}`
}

/** The payload of a sealed cookie, `undefined` when the signature does not fit. */
export function openCookie(secret: string, value: string): unknown {
  const [iv, sealed, signature, ...rest] = value.split('.')
  if (iv === undefined || sealed === undefined || signature === undefined) return undefined
  if (rest.length > 0 || !isSame(mac(secret, `cookie:${iv}.${sealed}`), signature)) return undefined
  const decipher = createDecipheriv('aes-256-ctr', cookieKey(secret), Buffer.from(iv, 'base64url'))
  const text = Buffer.concat([decipher.update(sealed, 'base64url'), decipher.final()])
  return decode(text.toString('utf8'))
}

/** Claims of the 15-minute dashboard JWT of G2+. Times in Unix seconds. */
export interface JwtClaims {
  sub: string
  sid: string
  iat: number
  exp: number
}

const JWT_HEADER = encode({ alg: 'HS256', typ: 'JWT' })

/** A compact HS256 JWT of any claims. */
export function signJwt(secret: string, claims: object): string {
  const text = `${JWT_HEADER}.${encode(claims)}`
  return `${text}.${mac(secret, text)}`
}

function isClaims(value: unknown): value is JwtClaims {
  if (typeof value !== 'object' || value === null) return false
  const claims = value as Partial<Record<keyof JwtClaims, unknown>>
  return (
    typeof claims.sub === 'string' &&
    typeof claims.sid === 'string' &&
    typeof claims.exp === 'number'
  )
}

/** Whether a credential has the form of a JWT; a PAT has no dots (2.5). */
export function looksLikeJwt(text: string): boolean {
  return text.split('.').length === 3
}

/** Payload of a JWT with a good signature, expired or not; `undefined` otherwise. */
export function openJwt(secret: string, jwt: string): unknown {
  const [header, payload, signature] = jwt.split('.')
  if (header !== JWT_HEADER || payload === undefined || signature === undefined) return undefined
  return isSame(mac(secret, `${header}.${payload}`), signature) ? decode(payload) : undefined
}

/** Claims of a dashboard JWT with a good signature, expired or not; `undefined` otherwise. */
export function readJwt(secret: string, jwt: string): JwtClaims | undefined {
  const claims = openJwt(secret, jwt)
  return isClaims(claims) ? claims : undefined
}
