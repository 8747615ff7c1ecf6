import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { SiteDescription } from '@/src/domain/site-description'

import { Switch } from '../../components/switch'
import { TextField } from '../../components/text-field'
import type { FieldErrors } from './draft-check'
import type { EditValues } from './edit-values'
import { useFieldProps } from './field-props'

interface Props {
  site: SiteDescription | undefined
  values: EditValues
  errors: FieldErrors
  onChange: (edit: Partial<EditValues>) => void
}

/** What Relaydeck does with an account by itself, and when it warns. */
export function AutomationFields({ site, values, errors, onChange }: Props) {
  const { t } = useTranslation('account-form')
  const id = useId()
  const field = useFieldProps<'lowBalanceUsd' | 'checkInUrl'>({ values, errors, onChange })
  const hasCheckIn = site?.capabilities.includes('check-in') ?? false
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-t border-line pt-4">
      <h3 id={id} className="font-semibold">
        {t('automation.title')}
      </h3>
      <Switch
        label={t('automation.refresh')}
        help={t('automation.refresh-help')}
        checked={values.autoRefresh}
        onChange={(autoRefresh) => {
          onChange({ autoRefresh })
        }}
      />
      {hasCheckIn && (
        <Switch
          label={t('automation.check-in')}
          help={t('automation.check-in-help')}
          checked={values.autoCheckIn}
          onChange={(autoCheckIn) => {
            onChange({ autoCheckIn })
          }}
        />
      )}
      <TextField {...field('lowBalanceUsd')} inputMode="decimal" />
      <TextField {...field('checkInUrl')} inputMode="url" />
    </section>
  )
}
