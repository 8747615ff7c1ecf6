import { addAccountPlace } from '@/src/domain/places'
import { currentSite, openOptions } from '@/src/platform/pages'

/** Opens the options page at a place; the popup has done its work then. */
export async function openPlace(hash: string): Promise<void> {
  await openOptions(hash)
  window.close()
}

/** Begins adding an account, for the site the user is looking at if there is one. */
export async function openAddAccount(): Promise<void> {
  // Without a readable tab the form simply starts empty.
  const site = await currentSite().catch(() => null)
  await openPlace(addAccountPlace(site))
}
