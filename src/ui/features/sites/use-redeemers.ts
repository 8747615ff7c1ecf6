import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { glanceQuery } from '../../queries/accounts'
import { sitesQuery } from '../../queries/sites'

/** Ids of the accounts that can redeem codes; none as long as that is not known. */
export function useRedeemers(): ReadonlySet<string> {
  const { data: glance } = useQuery(glanceQuery())
  const { data: families } = useQuery(sitesQuery())
  return useMemo(() => {
    const able = families?.filter(({ capabilities }) => capabilities.includes('redeem')) ?? []
    const types = new Set(able.map(({ type }) => type))
    const rows = glance?.rows.filter((row) => !row.disabled && types.has(row.siteType)) ?? []
    return new Set(rows.map(({ id }) => id))
  }, [glance, families])
}
