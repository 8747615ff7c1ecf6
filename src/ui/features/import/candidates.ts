import type { SiteDescription } from '@/src/domain/site-description'
import { accountOrigin } from '@/src/domain/site-pages'
import type { BookmarkList, WebBookmark } from '@/src/platform/bookmarks'

import { matching, siteLabel } from '../../view/matching'

/** A site that bookmarks lead to: once, however many they are. */
export interface Candidate {
  readonly origin: string
  readonly label: string
  /** Of the first bookmark that leads there. */
  readonly title: string
  /** Folders such bookmarks lie in, as {@link folderName} writes them. */
  readonly folders: readonly string[]
}

/** What the bookmarks gave. */
export interface Found {
  readonly candidates: readonly Candidate[]
  /** Every folder that has candidates somewhere below it. */
  readonly folders: readonly string[]
  readonly ignored: {
    readonly repeated: number
    readonly nonWeb: number
    readonly malformed: number
  }
}

const words = new Intl.Collator(undefined, { numeric: true })

/** Reduces bookmarks to sites; a hosted service counts as the one place its accounts live at. */
export function findCandidates(list: BookmarkList, sites: readonly SiteDescription[]): Found {
  const groups = new Map<string, WebBookmark[]>()
  for (const bookmark of list.web) {
    const origin = accountOrigin(sites, bookmark.origin)
    groups.set(origin, [...(groups.get(origin) ?? []), bookmark])
  }
  const candidates = [...groups].map(([origin, bookmarks]) => ({
    origin,
    label: siteLabel(origin),
    title: bookmarks[0]?.title ?? '',
    folders: [...new Set(bookmarks.map(({ folders }) => folderName(folders)))],
  }))
  candidates.sort((a, b) => words.compare(a.label, b.label))
  const { nonWeb, malformed } = list
  return {
    candidates,
    folders: foldersOf(list.web),
    ignored: { repeated: list.web.length - candidates.length, nonWeb, malformed },
  }
}

const BETWEEN = ' / '

function folderName(folders: readonly string[]): string {
  return folders.join(BETWEEN)
}

function foldersOf(bookmarks: readonly WebBookmark[]): string[] {
  const names = bookmarks.flatMap(({ folders }) =>
    folders.map((_, depth) => folderName(folders.slice(0, depth + 1))),
  )
  return [...new Set(names)].sort(words.compare)
}

/** Candidates in `folder` or below it (empty: anywhere) that the search words fit. */
export function narrowed(
  candidates: readonly Candidate[],
  folder: string,
  query: string,
): readonly Candidate[] {
  const inside =
    folder === ''
      ? candidates
      : candidates.filter(({ folders }) =>
          folders.some((name) => name === folder || name.startsWith(`${folder}${BETWEEN}`)),
        )
  return matching(inside, query, ({ label, title }) => `${label}\n${title}`)
}
