import { useQuery } from '@tanstack/react-query'

import type { GlanceRow } from '@/src/domain/glance'
import { accountOrigin } from '@/src/domain/site-pages'

import { glanceQuery } from '../../queries/accounts'
import { sitesQuery } from '../../queries/sites'
import { originIn } from './draft'
import { StoredAccounts } from './stored-accounts'

interface Props {
  /** As typed: nothing is shown until it is a web address. */
  address: string
  /** The user meant, where that is known. */
  userId?: string
  onOpen: (id: string) => void
}

/** What is already stored for the site of an address. */
export function StoredAtSite({ address, userId = '', onOpen }: Props) {
  const { data: sites = [] } = useQuery(sitesQuery())
  const { data: glance } = useQuery(glanceQuery())
  const typed = originIn(address)
  if (typed === null || !glance) return null
  const origin = accountOrigin(sites, typed)
  const existing = glance.rows
    .filter((row) => row.origin === origin)
    .map((row) => ({ id: row.id, name: nameOf(row), sameUser: row.userId === userId.trim() }))
  return <StoredAccounts existing={existing} onOpen={onOpen} />
}

/** Accounts of one site often bear the site's name: the user tells them apart. */
function nameOf({ name, username }: GlanceRow): string {
  return username === '' ? name : `${name} · ${username}`
}
