import { type Browser, browser } from '#imports'

import { isOrigin } from '@/src/domain/origin'

/** A bookmark of a web page. Of its address only the origin is taken. */
export interface WebBookmark {
  readonly title: string
  readonly origin: string
  /** Names of the folders it lies in, outermost first. */
  readonly folders: readonly string[]
}

export interface BookmarkList {
  readonly web: readonly WebBookmark[]
  /** Bookmarks of something else: scripts, files, the browser's own pages. */
  readonly nonWeb: number
  /** Bookmarks whose address cannot be read. */
  readonly malformed: number
}

/**
 * Asks the browser for a look at the bookmarks. Must be the first thing a click handler awaits.
 * `false` = the user refused.
 */
export async function requestBookmarks(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['bookmarks'] })
}

/** Gives the look back: nothing reads bookmarks between two imports. */
export async function returnBookmarks(): Promise<void> {
  await browser.permissions.remove({ permissions: ['bookmarks'] })
}

/** All bookmarks, in the order of their tree. */
export async function readBookmarks(): Promise<BookmarkList> {
  const web: WebBookmark[] = []
  const ignored = { nonWeb: 0, malformed: 0 }
  for (const { title, url, folders } of flatten(await browser.bookmarks.getTree(), [])) {
    const address = URL.canParse(url) ? new URL(url) : null
    if (address === null) ignored.malformed += 1
    else if (!/^https?:$/.test(address.protocol)) ignored.nonWeb += 1
    else if (!isOrigin(address.origin)) ignored.malformed += 1
    else web.push({ title, origin: address.origin, folders })
  }
  return { web, ...ignored }
}

interface Leaf {
  readonly title: string
  readonly url: string
  readonly folders: readonly string[]
}

type Node = Browser.bookmarks.BookmarkTreeNode

function flatten(nodes: readonly Node[], folders: readonly string[]): Leaf[] {
  return nodes.flatMap(({ title, url, children }) => {
    if (url !== undefined) return [{ title, url, folders }]
    // The root has no name; an empty folder and a separator have nothing in them.
    return flatten(children ?? [], title === '' ? folders : [...folders, title])
  })
}
