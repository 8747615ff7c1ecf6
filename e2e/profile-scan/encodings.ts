/** One way a value may be written, as the bytes to look for. */
export interface Needle {
  readonly encoding: string
  readonly bytes: Buffer
}

/** Shorter fragments of a base64 stream would be found everywhere. */
const MIN_BASE64_CHARS = 6

/** All byte strings a value is looked for as; equal ones appear once. */
export function needlesOf(value: string): Needle[] {
  const utf8 = Buffer.from(value, 'utf8')
  const hex = utf8.toString('hex')
  const needles: Needle[] = [
    { encoding: 'utf-8', bytes: utf8 },
    { encoding: 'utf-16le', bytes: Buffer.from(value, 'utf16le') },
    text('hex', hex),
    text('hex', hex.toUpperCase()),
    text('percent', encodeURIComponent(value)),
    text('percent', hex.replace(/../g, '%$&')),
    text('percent', hex.toUpperCase().replace(/../g, '%$&')),
    ...base64Needles(utf8, 'base64'),
    ...base64Needles(Buffer.from(value, 'utf16le'), 'base64 of utf-16le'),
    ...numberNeedles(value),
  ]
  const seen = new Set<string>()
  return needles.filter(({ bytes }) => {
    const key = bytes.toString('latin1')
    return !seen.has(key) && seen.add(key)
  })
}

function text(encoding: string, written: string): Needle {
  return { encoding, bytes: Buffer.from(written, 'latin1') }
}

/**
 * The characters a value keeps wherever it stands in a longer base64 text: it may begin at any of
 * three places in a group, and what shares a character with its neighbours is cut off.
 */
function base64Needles(bytes: Buffer, encoding: string): Needle[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const firstOwn = Math.ceil((before * 8) / 6)
    const lastOwn = Math.floor(((before + bytes.length) * 8) / 6)
    const own = padded.slice(firstOwn, lastOwn)
    if (own.length < MIN_BASE64_CHARS) return []
    const forUrls = own.replaceAll('+', '-').replaceAll('/', '_')
    return [text(encoding, own), text(encoding, forUrls)]
  })
}

/** Stored objects keep numbers as eight bytes. */
function numberNeedles(value: string): Needle[] {
  if (!/^[1-9]\d{5,15}$/.test(value)) return []
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(Number(value))
  return [{ encoding: 'float64', bytes }]
}
