import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { type RowPlace, VirtualList } from '../../components/virtual-list'
import { goTo } from '../shell/use-route'
import { GiveBack } from './give-back'
import type { Stored } from './import-page'
import { change, forget, useImport } from './import-store'
import { stopLooking } from './look'
import { type ResultItem, ResultRow } from './result-row'
import { RunStatus } from './run-status'
import { notNeeded, useGiveBack } from './use-give-back'

const ROW_PX = 60

/** What was found at the chosen sites, and what becomes of the access to them. */
export function ResultStep({ stored }: { stored: Stored }) {
  const { t } = useTranslation('import')
  const { found, outcomes, granted, run, question } = useImport()
  const giving = useGiveBack()
  const items = useMemo(() => {
    const titles = new Map(found?.candidates.map(({ origin, title }) => [origin, title]))
    return [...outcomes].map(([origin, outcome]) => ({
      origin,
      title: titles.get(origin) ?? '',
      outcome,
      stored: stored.get(origin) ?? [],
    }))
  }, [found, outcomes, stored])
  const unused = notNeeded(granted, [...stored.values()].flat())

  async function finish(): Promise<void> {
    stopLooking()
    if (!(await giving.run())) return
    forget()
    goTo({ page: 'accounts', panel: { kind: 'none' } })
  }

  return (
    <>
      <RunStatus outcomes={[...outcomes]} running={run !== null} />
      {question === 'refused' && (
        <Notice tone="attention" title={t('choose.refused-title')}>
          {t('choose.refused')}
        </Notice>
      )}
      <VirtualList
        items={items}
        rowHeight={ROW_PX}
        renderRow={renderRow}
        getKey={keyOf}
        label={t('result.list')}
        focus="target"
        className="min-h-48 rounded-card border border-line bg-raised"
      />
      {run === null && <GiveBack unused={unused.length} giving={giving} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          onClick={() => {
            change({ step: 'choose', question: 'none' })
          }}
        >
          {t('action.choose-more')}
        </Button>
        <Button variant="primary" busy={giving.busy} onClick={() => void finish()}>
          {t('action.done')}
        </Button>
      </div>
    </>
  )
}

function renderRow(item: ResultItem, { tabIndex }: RowPlace) {
  return <ResultRow item={item} tabIndex={tabIndex} />
}

function keyOf({ origin }: ResultItem): string {
  return origin
}
