import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { Notice } from '../../components/notice'
import { type RowPlace, VirtualList } from '../../components/virtual-list'
import { type CandidateItem, CandidateRow } from './candidate-row'
import { narrowed } from './candidates'
import { ChooseBar } from './choose-bar'
import { ChooseToolbar } from './choose-toolbar'
import { change, forget, useImport } from './import-store'
import type { Stored } from './import-page'

const ROW_PX = 48

/** Lets the person pick the sites that are to be looked at. */
export function ChooseStep({ stored }: { stored: Stored }) {
  const { t } = useTranslation('import')
  const { found, folder, query, includeStored, chosen, question } = useImport()
  const items = useMemo(
    () =>
      narrowed(found?.candidates ?? [], folder, query).map((candidate) => ({
        candidate,
        stored: stored.get(candidate.origin) ?? [],
      })),
    [found, folder, query, stored],
  )
  if (!found || found.candidates.length === 0) return <NoSites />
  const may = (origin: string) => includeStored || !stored.has(origin)
  const all = found.candidates.map(({ origin }) => origin).filter(may)
  const shown = items.map(({ candidate }) => candidate.origin).filter(may)
  return (
    <>
      <ChooseToolbar found={found} shown={items.length} choosable={shown} />
      {items.length === 0 ? (
        <NoHit />
      ) : (
        <VirtualList
          items={items}
          rowHeight={ROW_PX}
          renderRow={renderRow}
          getKey={keyOf}
          label={t('choose.list')}
          focus="target"
          className="min-h-48 rounded-card border border-line bg-raised"
        />
      )}
      {question === 'refused' && (
        <Notice tone="attention" title={t('choose.refused-title')}>
          {t('choose.refused')}
        </Notice>
      )}
      <ChooseBar chosen={all.filter((origin) => chosen.has(origin))} />
    </>
  )
}

function NoSites() {
  const { t } = useTranslation('import')
  return (
    <EmptyState
      title={t('empty.title')}
      sentence={t('empty.sentence')}
      action={<Button onClick={forget}>{t('action.back')}</Button>}
    />
  )
}

function NoHit() {
  const { t } = useTranslation('import')
  return (
    <EmptyState
      title={t('no-hit.title')}
      sentence={t('no-hit.sentence')}
      action={
        <Button
          onClick={() => {
            change({ query: '', folder: '' })
          }}
        >
          {t('no-hit.clear')}
        </Button>
      }
    />
  )
}

function renderRow(item: CandidateItem, { tabIndex }: RowPlace) {
  return <CandidateRow item={item} tabIndex={tabIndex} />
}

function keyOf({ candidate }: CandidateItem): string {
  return candidate.origin
}
