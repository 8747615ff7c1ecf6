import { useTranslation } from 'react-i18next'

import type { ExportRecord } from '@/src/domain/export-record'
import {
  type ChoiceField,
  isChoice,
  type OptionField,
  type Options,
  type OptionValue,
} from '@/src/exporters/options'

import { SelectField } from '../../components/select-field'
import { SuggestField } from '../../components/suggest-field'
import { TextField } from '../../components/text-field'
import { CheckBox } from '../../components/check-box'
import { ChatLinkField } from './chat-link-field'
import { ModelTable } from './model-table'
import { useExportWords } from './words'

interface Props {
  field: OptionField
  options: Options
  drafts: readonly ExportRecord[]
  /** Models to suggest. */
  models: readonly string[]
  /** What is wrong, in words. */
  error: string | undefined
  onChange: (value: OptionValue) => void
}

/** The control for one option of an export. */
export function OptionControl(props: Props) {
  const { field, options, drafts, models, error, onChange } = props
  const words = useExportWords()
  const value = options[field.name] ?? field.default
  if (isChoice(field)) return <Choice {...{ field, error, onChange }} value={textIn(value)} />
  const frame = {
    label: words.label(field.name),
    help: words.help(field.name),
    name: field.name,
    error,
    required: field.required,
  }
  switch (field.type) {
    case 'boolean':
      return (
        <div>
          <CheckBox
            label={frame.label}
            name={field.name}
            checked={value === true}
            onChange={onChange}
          />
          {frame.help !== undefined && <p className="text-12 text-text-2">{frame.help}</p>}
        </div>
      )
    case 'models':
      return (
        <ModelTable
          label={frame.label}
          error={error}
          withAlias={false}
          chosen={listIn(value).map((name) => ({ name, alias: '' }))}
          offered={models}
          onChange={(chosen) => {
            onChange(chosen.map(({ name }) => name))
          }}
        />
      )
    case 'model':
      return (
        <SuggestField {...frame} value={textIn(value)} onChange={onChange} suggestions={models} />
      )
    case 'template':
      return <ChatLinkField {...frame} value={textIn(value)} {...{ drafts, onChange }} />
    case 'text':
      return <TextField {...frame} value={textIn(value)} onChange={onChange} />
  }
}

interface ChoiceProps {
  field: ChoiceField
  value: string
  error: string | undefined
  onChange: (value: OptionValue) => void
}

function Choice({ field, value, error, onChange }: ChoiceProps) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  return (
    <SelectField
      label={words.label(field.name)}
      help={words.help(field.name)}
      name={field.name}
      error={error}
      value={value}
      onChange={onChange}
      options={field.choices.map((choice) => {
        const word = words.choice(field.name, choice.value)
        return { value: choice.value, label: choice.newer ? t('newer', { name: word }) : word }
      })}
    />
  )
}

function textIn(value: OptionValue): string {
  return typeof value === 'string' ? value : ''
}

function listIn(value: OptionValue): readonly string[] {
  return typeof value === 'object' ? value : []
}
