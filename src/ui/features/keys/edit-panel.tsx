import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type Rates, shownCurrency } from '@/src/domain/money'

import { FailureNotice } from '../../components/failure-notice'
import { useKeyChange } from '../../queries/key-mutations'
import { useSettings } from '../../queries/settings'
import { hostOf } from '../../view/glance-view'
import { type KeyOptions, valuesOf } from './form-values'
import type { KeyEntry } from './key-entries'
import { KeyFields } from './key-fields'
import { type FormPanelParts, KeyFormPanel, WithOptions } from './key-form-panel'
import { useEditForm } from './use-key-form'

interface Props {
  entry: KeyEntry
  onClose: () => void
  onDirty: (dirty: boolean) => void
}

/** Changes what may be changed of a key; what is left alone stays as the site has it. */
export function EditPanel({ entry, onClose, onDirty }: Props) {
  const { t } = useTranslation('keys')
  return (
    <KeyFormPanel
      title={t('form.edit', { name: entry.row.name })}
      submit={t('action.save')}
      ready
      onClose={onClose}
      onDirty={onDirty}
    >
      {(parts) => (
        <div className="flex flex-col gap-4">
          <p className="text-text-2">
            {t('form.at', { account: entry.account.name, host: hostOf(entry.account.origin) })}
          </p>
          <WithOptions account={entry.account}>
            {(options, rates) => <EditForm {...{ entry, options, rates, parts }} />}
          </WithOptions>
        </div>
      )}
    </KeyFormPanel>
  )
}

interface FormProps {
  entry: KeyEntry
  options: KeyOptions
  rates: Rates
  parts: FormPanelParts
}

function EditForm({ entry, options, rates, parts }: FormProps) {
  const { currency } = useSettings().settings
  const update = useKeyChange('keys.update')
  const [start] = useState(() => valuesOf(entry.row, rates, shownCurrency(rates, currency)))
  const { row, account } = entry
  const { form, values, errors, change, submit } = useEditForm({
    start,
    options,
    rates,
    failure: update.failure,
    onChange: () => {
      update.reset()
      parts.setState('changed')
    },
    onSave: async (edit) => {
      // Nothing was changed: nothing need be sent.
      const isEmpty = Object.keys(edit).length === 0
      parts.setBusy(true)
      const key = { accountId: row.accountId, keyId: row.id }
      const isSaved = isEmpty || (await update.run({ key, edit })).ok
      parts.setBusy(false)
      if (isSaved) parts.setState('saved')
      return isSaved
    },
  })
  return (
    <form id={parts.formId} ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <KeyFields
        {...{ values, errors, options, rates }}
        fields={options.features.edit}
        onChange={change}
      />
      {update.failure && Object.keys(errors).length === 0 && (
        <FailureNotice failure={update.failure} siteName={hostOf(account.origin)} />
      )}
    </form>
  )
}
