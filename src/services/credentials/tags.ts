import { editAccount } from '@/src/domain/account'
import type { Tag } from '@/src/domain/credential'
import { raise } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import type { Change, Vault } from '@/src/storage/vault'

import type { AccountBook } from '../account-book'
import { withDecided } from './credential-record'

/** Labels of accounts and credentials (`features/accounts-and-keys.md 8.2`). */
export interface Tags {
  /** By name. */
  list(): Promise<Tag[]>
  /** The tag of that name in any letter case, made if there is none. @throws `input` (field `name`) */
  make(name: string): Promise<Tag>
  /**
   * Gives a tag this name, and its threshold in USD; `null` takes it away.
   *
   * @throws `input`/`required` or `duplicate-tag` (field `name`), `not-found`/`tag`
   */
  edit(id: string, edit: TagEdit): Promise<void>
  /** Takes the tag from everything that has it; `used` = how many entries had it. */
  remove(id: string): Promise<{ used: number }>
}

export interface TagEdit {
  readonly name: string
  readonly lowBalanceUsd: number | null
}

export interface TagParts {
  readonly vault: Vault
  readonly announce: () => void
  readonly book: Pick<AccountBook, 'pages' | 'update'>
  readonly now: () => number
}

export function createTags({ vault, book, announce, now }: TagParts): Tags {
  const all = async () => (await vault.loadAll('tags')).records

  async function takeFromAccounts(tagId: string): Promise<number> {
    const pages = await book.pages()
    const tagged = pages.filter(({ account }) => account.decided.tagIds.includes(tagId))
    const updates = tagged.map(({ account: { id } }) =>
      book.update(id, ({ account }) => ({
        account: editAccount(account, { tagIds: without(account.decided.tagIds, tagId) }, now()),
      })),
    )
    await Promise.all(updates)
    return tagged.length
  }

  return {
    list: async () => (await all()).sort((a, b) => (keyOf(a.name) < keyOf(b.name) ? -1 : 1)),
    make: (given) =>
      vault.exclusive(async () => {
        const name = nameFrom(given)
        const known = (await all()).find((tag) => keyOf(tag.name) === keyOf(name))
        if (known) return known
        const tag: Tag = { id: newId('tag'), name, createdAtMs: now() }
        await vault.write([{ store: 'tags', put: tag }])
        announce()
        return tag
      }),
    edit: (id, given) =>
      vault.exclusive(async () => {
        const name = nameFrom(given.name)
        const tags = await all()
        const tag = tags.find((one) => one.id === id)
        if (!tag) return raise({ class: 'not-found', reason: 'tag' })
        if (tags.some((one) => one.id !== id && keyOf(one.name) === keyOf(name))) {
          raise({ class: 'input', reason: 'duplicate-tag', field: 'name' })
        }
        const { lowBalanceUsd: _, ...rest } = tag
        const threshold = given.lowBalanceUsd === null ? {} : { lowBalanceUsd: given.lowBalanceUsd }
        await vault.write([{ store: 'tags', put: { ...rest, name, ...threshold } }])
        announce()
      }),
    async remove(id) {
      // The tag itself goes last: should this be cut off, it is still there to be removed again.
      const accounts = await takeFromAccounts(id)
      return vault.exclusive(async () => {
        const { records } = await vault.loadAll('credentials')
        const tagged = records.filter(({ decided }) => decided.tagIds.includes(id))
        const changes = tagged.map((record): Change => {
          const tagIds = without(record.decided.tagIds, id)
          const changed = withDecided(record, { ...record.decided, tagIds }, now())
          // Nobody touched this credential: it keeps its place in the list.
          return { store: 'credentials', put: { ...changed, updatedAtMs: record.updatedAtMs } }
        })
        await vault.write([...changes, { store: 'tags', remove: id }])
        announce()
        return { used: accounts + tagged.length }
      })
    },
  }
}

/** Trimmed, inner blanks folded. */
function nameFrom(given: string): string {
  const name = given.replace(/\s+/gu, ' ').trim()
  return name === '' ? raise({ class: 'input', reason: 'required', field: 'name' }) : name
}

/** Equal for names that differ in letter case or in how a letter is composed. */
const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase()

function without(tagIds: readonly string[], id: string): string[] {
  return tagIds.filter((one) => one !== id)
}
