import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import type { Built, Exporter, Problem } from '@/src/exporters/exporter'
import type { Options } from '@/src/exporters/options'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { ProgressBar } from '../../components/progress-bar'
import { EXPORTS_KEY } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { isSameSource, STAND_IN_KEY } from '../../view/export-drafts'
import { ExportResult } from './export-result'
import { MissingKeys } from './missing-keys'
import { Problems } from './problems'
import { type MaterialHandle, useMaterial } from './use-material'

interface Props {
  exporter: Exporter
  sources: readonly KeySource[]
  drafts: readonly ExportRecord[]
  options: Options
  /** The options are right as far as they can be told without the keys. */
  ready: boolean
  onWrong: () => void
}

/** One export with these options: the keys are fetched on the click, and dropped with this. */
export function ExportRun({ exporter, sources, drafts, options, ready, onWrong }: Props) {
  const { t } = useTranslation('exports')
  const material = useMaterial(sources)
  const made = useMade({ exporter, drafts, options }, material)
  const note = useChange(
    (used: readonly KeySource[]) =>
      fetchFromWorker('exports.note', {
        destination: exporter.id,
        options: exporter.remembered(drafts, options),
        sources: [...used],
      }),
    EXPORTS_KEY,
  )
  return (
    <div className="flex flex-col gap-4">
      {material.at === 'none' && (
        <div className="flex flex-col gap-2">
          <p className="text-12 text-text-2">{t('before-build', { count: sources.length })}</p>
          <Button variant="primary" onClick={ready ? material.fetch : onWrong}>
            {t(`action.build.${exporter.kind}`)}
          </Button>
        </div>
      )}
      {material.at === 'running' && <Progress material={material} total={sources.length} />}
      {material.at === 'done' && <MissingKeys missing={material.missing} drafts={drafts} />}
      {made && <Problems problems={made.problems} />}
      {made?.built && made.masked && (
        <ExportResult
          built={made.built}
          masked={made.masked}
          records={made.records}
          targetId={exporter.id}
          onUsed={(used) => void note.run(used)}
        />
      )}
      {note.failure && <FailureNotice failure={note.failure} />}
      {material.at === 'done' && (
        <Button size="s" variant="ghost" onClick={material.drop}>
          {t('action.drop')}
        </Button>
      )}
    </div>
  )
}

function Progress({ material, total }: { material: MaterialHandle; total: number }) {
  const { t } = useTranslation('exports')
  return (
    <div className="flex items-center gap-3 text-12">
      <span role="status" className="shrink-0 tabular-nums">
        {t('fetching', { done: material.done, total })}
      </span>
      <ProgressBar value={material.done} max={total} label={t('fetching-label')} />
      <Button size="s" variant="ghost" onClick={material.drop}>
        {t('action.cancel')}
      </Button>
    </div>
  )
}

interface Made {
  readonly records: readonly ExportRecord[]
  readonly problems: readonly Problem[]
  readonly built?: Built
  /** The same with a stand-in for every key. */
  readonly masked?: Built
}

/** What the exporter makes of the keys, once they are there. */
function useMade(
  { exporter, drafts, options }: Pick<Props, 'exporter' | 'drafts' | 'options'>,
  { at, records: fetched }: MaterialHandle,
): Made | null {
  return useMemo(() => {
    if (at !== 'done' || fetched.length === 0) return null
    // The notes of an account are the user's own: only those the form has offered are handed over.
    const records = fetched.map((record) => ({
      ...record,
      notes: drafts.find(({ source }) => isSameSource(source, record.source))?.notes ?? '',
    }))
    const problems = exporter.problems(records, options)
    if (problems.length > 0) return { records, problems }
    const hidden = records.map((record) => ({ ...record, key: STAND_IN_KEY }))
    return {
      records,
      problems,
      built: exporter.build(records, options),
      masked: exporter.build(hidden, options),
    }
  }, [exporter, drafts, options, at, fetched])
}
