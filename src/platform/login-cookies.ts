import { browser } from '#imports'

import { whileAlive } from './while-alive'

/** A cookie by name, and a path it is sent to. */
interface CookiePlace {
  readonly name: string
  readonly path: string
}

/**
 * When the last of these cookies of this browser ends, epoch ms. `null` = not known: there is none,
 * or it ends with the browser, or the browser does not let us look.
 */
export async function lastCookieEnd(
  origin: string,
  places: readonly CookiePlace[],
): Promise<number | null> {
  const isAllowed = await whileAlive(() =>
    browser.permissions.contains({ permissions: ['cookies'] }),
  )
  if (!isAllowed) return null
  const found = await Promise.all(
    places.map(({ name, path }) =>
      whileAlive(() => browser.cookies.getAll({ url: origin + path, name })),
    ),
  )
  const ends = found.flat().flatMap(({ expirationDate }) => expirationDate ?? [])
  return ends.length === 0 ? null : Math.floor(Math.max(...ends) * 1000)
}
