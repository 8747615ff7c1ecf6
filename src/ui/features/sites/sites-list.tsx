import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SiteAccess } from '@/src/domain/site-record'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { SearchField } from '../../components/search-field'
import { LeftOvers } from './left-overs'
import { matching } from '../../view/matching'
import { RevokeDialog } from './revoke-dialog'
import { linesOf, searchTextOf, type SiteLine } from './site-lines'
import { SitesTable } from './sites-table'
import { useRedeemers } from './use-redeemers'
import { useSiteActions } from './use-site-actions'

/** A list this short is read faster than searched. */
const SEARCH_ABOVE = 10

/** The table of sites with what is said about it, and the question before a revoke. */
export function SitesList({ sites }: { sites: readonly SiteAccess[] }) {
  const { t } = useTranslation('sites')
  const redeemers = useRedeemers()
  const lines = useMemo(() => linesOf(sites, redeemers), [sites, redeemers])
  const [query, setQuery] = useState('')
  const [revoking, setRevoking] = useState<readonly SiteLine[] | null>(null)
  const { actions, sentence, failure, tell } = useSiteActions(setRevoking)
  const status = useRef<HTMLDivElement>(null)
  const searched = lines.length > SEARCH_ABOVE
  const shown = useMemo(
    () => (searched ? matching(lines, query, searchTextOf) : lines),
    [searched, lines, query],
  )

  function afterRevoke(done: readonly SiteLine[]): void {
    setRevoking(null)
    const one = t('revoked-one', { site: done[0]?.label ?? '' })
    tell(done.length === 1 ? one : t('revoked-many', { total: done.length }))
    // The pressed button goes with its row: the focus must not fall back to the top of the page.
    if (done.every(({ leftOver }) => leftOver)) setTimeout(() => status.current?.focus())
  }

  return (
    <>
      <p className="max-w-160 text-12 text-text-2">{t('unseen.help')}</p>
      {lines.some(({ canFindCodes }) => canFindCodes) && (
        <p className="max-w-160 text-12 text-text-2">{t('codes.help')}</p>
      )}
      <LeftOvers lines={lines.filter(({ leftOver }) => leftOver)} onRevoke={setRevoking} />
      <div ref={status} role="status" tabIndex={-1} className="outline-none empty:hidden">
        {sentence}
      </div>
      {failure && <FailureNotice failure={failure} />}
      {searched && (
        <div className="flex max-w-64 min-w-48">
          <SearchField
            label={t('search.label')}
            placeholder={t('search.placeholder')}
            value={query}
            onChange={setQuery}
          />
        </div>
      )}
      {shown.length === 0 ? (
        <NoHit
          onClear={() => {
            setQuery('')
          }}
        />
      ) : (
        <SitesTable lines={shown} actions={actions} />
      )}
      <p className="text-12 text-text-2">{t('ports')}</p>
      {revoking && (
        <RevokeDialog
          lines={revoking}
          onClose={() => {
            setRevoking(null)
          }}
          onDone={afterRevoke}
        />
      )}
    </>
  )
}

function NoHit({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('sites')
  return (
    <EmptyState
      title={t('no-hit.title')}
      sentence={t('no-hit.sentence')}
      action={<Button onClick={onClear}>{t('no-hit.clear')}</Button>}
    />
  )
}
