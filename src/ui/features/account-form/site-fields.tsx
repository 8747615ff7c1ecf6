import { useTranslation } from 'react-i18next'

import type { AuthMode, SiteDescription } from '@/src/domain/site-description'

import { Button } from '../../components/button'
import { RadioGroup } from '../../components/radio-group'
import { TextField } from '../../components/text-field'
import { type DraftValues, type FittedValues, originIn } from './draft'
import type { FieldErrors } from './draft-check'
import { type DraftTextField, useFieldProps } from './field-props'
import { type MethodKind, methodKind } from './method-kind'
import { SiteTypeField } from './site-type-field'
import type { Adding } from './use-add-account'

export interface FieldsProps {
  site: SiteDescription | undefined
  values: FittedValues
  errors: FieldErrors
  onChange: (edit: Partial<DraftValues>) => void
}

interface Props extends FieldsProps {
  adding: Pick<Adding, 'state' | 'askAccessAndRecognise'>
}

/** Which site an account is at, and how the account gets in. */
export function SiteFields({ adding, ...form }: Props) {
  const { t } = useTranslation('account-form')
  const { site, values, onChange } = form
  const field = useFieldProps<DraftTextField>(form)
  const modes = site?.authModes ?? []
  return (
    <>
      <SiteTypeField
        label={t('field.siteType')}
        help={t('help.siteType')}
        name="siteType"
        value={values.siteType}
        onChange={(siteType) => {
          onChange({ siteType })
        }}
      />
      <RecogniseAs site={site} values={values} adding={adding} />
      {site?.hosted ? (
        <TextField {...field('origin')} help={t('help.origin-fixed')} disabled />
      ) : (
        <TextField {...field('origin')} inputMode="url" required />
      )}
      {modes.length > 1 && (
        <RadioGroup
          legend={t('field.method')}
          name="method"
          value={values.method}
          onChange={(method) => {
            onChange({ method })
          }}
          options={modes.map((mode) => ({
            value: mode,
            label: t(`method.${typedKind(mode)}`),
            help: t(`method-help.${typedKind(mode)}`),
          }))}
        />
      )}
    </>
  )
}

/** A type that differs from what was recognised can be tried out at once. */
function RecogniseAs({ site, values, adding }: Pick<Props, 'site' | 'values' | 'adding'>) {
  const { t } = useTranslation('account-form')
  const { looked, draft } = adding.state
  const origin = originIn(values.origin)
  const isNews =
    looked.origin !== null &&
    looked.detected?.siteType !== values.siteType &&
    draft.typed.has('siteType')
  if (!site || site.hosted || origin === null || !isNews) return null
  return (
    <div>
      <Button size="s" onClick={() => void adding.askAccessAndRecognise(origin, values.siteType)}>
        {t('override.recognise-as', { software: site.label })}
      </Button>
    </div>
  )
}

/** By hand a session is signed in for; cookies are the browser's. */
function typedKind(mode: AuthMode): MethodKind {
  return methodKind(mode, mode === 'session')
}
