import { type ReactNode, useRef, useState } from 'react'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import { isProtocol } from '@/src/exporters/bases'
import type { Exporter, Problem } from '@/src/exporters/exporter'
import type { Options } from '@/src/exporters/options'

import { Notice } from '../../components/notice'
import { focusField } from '../account-form/focus-field'
import { ExportRun } from './export-run'
import { LiveModelsStatus } from './live-models-status'
import { OptionControl } from './option-control'
import { Problems } from './problems'
import { useLiveModels } from './use-live-models'
import { useExportWords } from './words'

interface Props {
  exporter: Exporter
  sources: readonly KeySource[]
  /** Of these sources, as far as they are known; not empty. */
  drafts: readonly ExportRecord[]
}

/** The options of one export, and the export itself once they are right. */
export function ExportForm({ exporter, sources, drafts }: Props) {
  const words = useExportWords()
  const form = useRef<HTMLDivElement>(null)
  const [options, setOptions] = useState<Options>({})
  const [checked, setChecked] = useState(false)
  const fields = exporter.fields(drafts, options)
  const problems = exporter.problems(drafts, options)
  const shown = checked ? problems : []
  const isField = ({ field }: Problem) => fields.some(({ name }) => name === field)
  const notes = exporter.notes(drafts, options)

  return (
    <div ref={form} className="flex flex-col gap-4">
      <Fields
        {...{ exporter, drafts, options, problems: shown }}
        onChange={(name, value) => {
          setOptions((before) => ({ ...before, [name]: value }))
        }}
      />
      {notes.length > 0 && (
        <Notice tone="info">
          {notes.map((note) => (
            <p key={note}>{words.note(note, exporter.id)}</p>
          ))}
        </Notice>
      )}
      <Problems problems={shown.filter((problem) => !isField(problem))} />
      <ExportRun
        // Another choice, another export: what was made before is dropped with its keys.
        key={JSON.stringify([sources, options])}
        {...{ exporter, sources, drafts, options }}
        ready={problems.length === 0}
        onWrong={() => {
          setChecked(true)
          focusField(form.current, problems.find(isField)?.field ?? '')
        }}
      />
    </div>
  )
}

interface FieldsProps extends Omit<Props, 'sources'> {
  options: Options
  problems: readonly Problem[]
  onChange: (name: string, value: Options[string]) => void
}

function Fields({ exporter, drafts, options, problems, onChange }: FieldsProps) {
  const words = useExportWords()
  const [first] = drafts
  const fields = exporter.fields(drafts, options)
  const type = fields.find((field) => field.type === 'apiType')
  const chosen = type && (options[type.name] ?? type.default)
  const apiType = typeof chosen === 'string' && isProtocol(chosen) ? chosen : first?.apiType
  if (!first || !apiType) return null
  const controls = (models: readonly string[]) =>
    fields.map((field) => {
      const problem = problems.find((one) => one.field === field.name)
      return (
        <OptionControl
          key={field.name}
          {...{ field, options, drafts, models }}
          error={problem && words.problem(problem)}
          onChange={(value) => {
            onChange(field.name, value)
          }}
        />
      )
    })
  const wantsModels = fields.some(({ type: kind }) => kind === 'model' || kind === 'models')
  if (!wantsModels) return controls([])
  return <WithModels draft={first} apiType={apiType} controls={controls} />
}

interface WithModelsProps {
  draft: ExportRecord
  apiType: ExportRecord['apiType']
  controls: (models: readonly string[]) => ReactNode
}

/** Fields that can suggest the models the first key lists. */
function WithModels({ draft, apiType, controls }: WithModelsProps) {
  const live = useLiveModels(draft.source, apiType)
  return (
    <>
      <LiveModelsStatus live={live} draft={draft} />
      {controls(live.models ?? draft.modelHint)}
    </>
  )
}
