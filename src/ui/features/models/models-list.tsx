import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ApiType } from '@/src/domain/api-types'
import { type Failure, settle } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { ProgressBar } from '../../components/progress-bar'
import { SearchField } from '../../components/search-field'
import { type RenderRow, VirtualList } from '../../components/virtual-list'
import { formatCount } from '../../text/format'
import { matching } from '../../view/matching'
import { type ModelActions, ModelRow } from './model-row'
import { type ModelChecks, useModelChecks } from './use-model-checks'
import { VerifyDialog } from './verify-dialog'

interface Props {
  credentialId: string
  apiType: ApiType
  models: readonly string[]
}

const ROW_PX = 40

/** The models, with what can be done with one or many of them. */
export function ModelsList({ credentialId, apiType, models }: Props) {
  const { t } = useTranslation('credentials')
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const checks = useModelChecks(credentialId, apiType)
  const { copy, copied, failure } = useModelCopy()
  const shown = useMemo(() => matching(models, query, (model) => model), [models, query])
  const { start } = checks
  const actions = useMemo(
    (): ModelActions => ({
      toggle: (model) => {
        setChosen((before) => {
          const next = new Set(before)
          if (!next.delete(model)) next.add(model)
          return next
        })
      },
      copy: (model) => void copy([model]),
      verify: (model) => {
        start([model])
      },
    }),
    [copy, start],
  )
  const isBusy = checks.progress !== null
  const renderRow = useCallback<RenderRow<string>>(
    (model, { tabIndex }) => (
      <ModelRow
        model={model}
        selected={chosen.has(model)}
        result={checks.results.get(model)}
        busy={isBusy}
        {...{ tabIndex, actions }}
      />
    ),
    [chosen, checks.results, isBusy, actions],
  )
  return (
    <>
      <Toolbar {...{ models, shown, query, chosen }} onQuery={setQuery} onChoose={setChosen} />
      <CheckStatus checks={checks} />
      {failure && <FailureNotice failure={failure} />}
      {shown.length === 0 ? (
        <EmptyState title={t('models.no-hit')} sentence={t('models.no-hit-sentence')} />
      ) : (
        <VirtualList
          items={shown}
          rowHeight={ROW_PX}
          renderRow={renderRow}
          label={t('models.title')}
          getKey={(model) => model}
          focus="target"
          className="min-h-40 rounded-card border border-line bg-raised"
        />
      )}
      <SelectionBar
        selected={models.filter((model) => chosen.has(model))}
        busy={isBusy}
        copied={copied}
        onCopy={(names) => void copy(names)}
        onVerify={start}
        onClear={() => {
          setChosen(new Set())
        }}
      />
    </>
  )
}

interface ToolbarProps {
  models: readonly string[]
  shown: readonly string[]
  query: string
  chosen: ReadonlySet<string>
  onQuery: (query: string) => void
  onChoose: (chosen: ReadonlySet<string>) => void
}

function Toolbar({ models, shown, query, chosen, onQuery, onChoose }: ToolbarProps) {
  const { t, i18n } = useTranslation('credentials')
  const isAll = shown.length > 0 && shown.every((model) => chosen.has(model))
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="flex max-w-72 min-w-48 flex-1">
        <SearchField label={t('models.search')} value={query} onChange={onQuery} />
      </div>
      <span role="status" className="text-12 text-text-2 tabular-nums">
        {t('models.count', {
          count: models.length,
          shown: formatCount(shown.length, i18n.language),
          number: formatCount(models.length, i18n.language),
        })}
      </span>
      <Button
        variant="ghost"
        className="ms-auto"
        disabled={shown.length === 0}
        onClick={() => {
          onChoose(new Set(isAll ? [] : [...chosen, ...shown]))
        }}
      >
        {t(isAll ? 'models.select-none' : 'models.select-all')}
      </Button>
    </div>
  )
}

interface SelectionProps {
  selected: readonly string[]
  /** A verification is under way. */
  busy: boolean
  /** How many names were copied last. */
  copied: number
  onCopy: (models: readonly string[]) => void
  onVerify: (models: readonly string[]) => void
  onClear: () => void
}

/** What can be done with the chosen models. */
function SelectionBar({ selected, busy, copied, onCopy, onVerify, onClear }: SelectionProps) {
  const { t, i18n } = useTranslation('credentials')
  const [asking, setAsking] = useState(false)
  return (
    <div
      role="group"
      aria-label={t('models.selected')}
      className="flex min-h-8 flex-wrap items-center gap-2"
    >
      {selected.length > 0 && (
        <>
          <span className="me-2 tabular-nums">
            {t('models.chosen', {
              count: selected.length,
              number: formatCount(selected.length, i18n.language),
            })}
          </span>
          <Button
            onClick={() => {
              onCopy(selected)
            }}
          >
            {t('models.copy')}
          </Button>
          <Button
            disabled={busy}
            onClick={() => {
              setAsking(true)
            }}
          >
            {t('action.verify')}
          </Button>
          <Button variant="ghost" onClick={onClear}>
            {t('models.clear')}
          </Button>
        </>
      )}
      <span role="status" className="text-12 text-text-2 empty:hidden">
        {copied > 0 && t('models.copied', { count: copied })}
      </span>
      {asking && (
        <VerifyDialog
          count={selected.length}
          onClose={() => {
            setAsking(false)
          }}
          onConfirm={() => {
            onVerify(selected)
          }}
        />
      )}
    </div>
  )
}

function CheckStatus({ checks }: { checks: ModelChecks }) {
  const { t } = useTranslation('credentials')
  const { progress, stopping, failure, stop } = checks
  return (
    <>
      {progress && (
        <div className="flex items-center gap-3 text-12">
          <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
            {t('models.progress', progress)}
          </span>
          <ProgressBar
            value={progress.done}
            max={progress.total}
            label={t('models.progress-label')}
          />
          <Button size="s" busy={stopping} onClick={stop}>
            {t('action.stop')}
          </Button>
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
    </>
  )
}

/** Copies names of models, one a line, and tells how many. */
function useModelCopy() {
  const [copied, setCopied] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const copy = useCallback(async (models: readonly string[]): Promise<void> => {
    const done = await settle(() => navigator.clipboard.writeText(models.join('\n')))
    setCopied(done.ok ? models.length : 0)
    setFailure(done.ok ? null : { class: 'refused', reason: 'clipboard' })
  }, [])
  return { copied, failure, copy }
}
