import { useTranslation } from 'react-i18next'

import { QUERY_MODES, QUERY_VALUES } from '@/src/domain/query-values'

import { Button } from '../../components/button'
import { SelectField } from '../../components/select-field'
import { TextField } from '../../components/text-field'
import type { FormField } from './form-values'
import { QueryTrial } from './query-trial'
import type { CredentialForm } from './use-credential-form'

const EXAMPLE_ENDPOINT = '/api/usage'
const EXAMPLE_PATH = 'data.balance'

interface Props {
  form: CredentialForm
  errorOf: (field: FormField) => string | undefined
}

/** How balance and use are asked for, with a way to try it. */
export function QueryFields({ form, errorOf }: Props) {
  const { t } = useTranslation('credentials')
  const { values, change, trial, tryQuery } = form
  const { mode } = values
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <SelectField
        label={t('field.query')}
        name="mode"
        value={mode}
        help={t(`mode-help.${mode}`)}
        onChange={(next) => {
          change({ mode: next })
        }}
        options={QUERY_MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
      />
      {mode === 'custom' && <CustomFields form={form} errorOf={errorOf} />}
      {mode !== 'disabled' && (
        <div className="flex flex-col items-start gap-3">
          <Button size="s" busy={trial.state === 'running'} onClick={tryQuery}>
            {t('action.test')}
          </Button>
          <QueryTrial trial={trial} form={form} />
        </div>
      )}
    </div>
  )
}

function CustomFields({ form, errorOf }: Props) {
  const { t } = useTranslation('credentials')
  const { values, change } = form
  const missing = errorOf('paths')
  return (
    <>
      <TextField
        label={t('field.endpoint')}
        name="endpoint"
        value={values.endpoint}
        error={errorOf('endpoint')}
        help={t('help.endpoint')}
        placeholder={EXAMPLE_ENDPOINT}
        onChange={(endpoint) => {
          change({ endpoint })
        }}
        required
      />
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend className="text-13 font-medium">{t('field.paths')}</legend>
        <p className="text-12 text-text-2">{t('help.paths')}</p>
        {missing !== undefined && (
          <p role="alert" className="text-12 text-bad">
            {missing}
          </p>
        )}
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {QUERY_VALUES.map((value) => (
            <TextField
              key={value}
              label={t(`value.${value}`)}
              name={value}
              value={values.paths[value] ?? ''}
              error={errorOf(value)}
              placeholder={value === 'balanceUsd' ? EXAMPLE_PATH : undefined}
              onChange={(path) => {
                change({ paths: { ...values.paths, [value]: path } })
              }}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}
