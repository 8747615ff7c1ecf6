import { type SubmitEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SidePanel } from '../../components/side-panel'
import { useNow } from '../../components/use-now'
import { useSettings } from '../../queries/settings'
import { DiscardDialog } from '../account-form/discard-dialog'
import { focusField } from '../account-form/focus-field'
import { emptyValues, type KeyFormValues } from './form-values'
import type { KeySection } from './key-entries'
import { ManyAccounts } from './many-accounts'
import { ManyFields } from './many-fields'
import { ManyResult } from './many-result'
import { commonProblems, planMany } from './many-plan'
import { useCreateMany } from './use-create-many'

interface Props {
  sections: readonly KeySection[]
  /** Chosen at the start. */
  accountIds: readonly string[]
  onClose: () => void
}

/** Creates the same key for several accounts, after a look at what each one gets. */
export function CreateManyPanel({ sections, accountIds, onClose }: Props) {
  const { t } = useTranslation('keys')
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)
  const { currency } = useSettings().settings
  const able = sections.filter(({ list }) => list.features.create.length > 0)
  const [start] = useState(() => emptyMany(currency))
  const [values, setValues] = useState(start)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(accountIds))
  const [checked, setChecked] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const many = useCreateMany()
  const now = useNow()
  const plan = planMany(
    able.filter(({ account }) => chosen.has(account.id)),
    values,
    now,
  )
  const ready = plan.filter(({ leftOut }) => leftOut === null)
  const [first] = able
  const problems = first ? commonProblems(values, first, now) : []

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    setChecked(true)
    const [wrong] = problems
    if (wrong) focusField(form.current, CONTROL[wrong.field] ?? 'name')
    else if (ready.length > 0) void many.start(ready)
  }

  function leave(): void {
    if (values !== start && many.progress === null) setLeaving(true)
    else onClose()
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={t('many.title')}
      footer={
        <>
          <Button variant="ghost" onClick={leave}>
            {t('action.close')}
          </Button>
          {many.progress === null && (
            <Button variant="primary" type="submit" form={formId} disabled={ready.length === 0}>
              {t('many.create', { count: ready.length })}
            </Button>
          )}
        </>
      }
    >
      {many.progress ? (
        <ManyResult many={many} progress={many.progress} />
      ) : (
        <form id={formId} ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <p className="text-text-2">{t('many.sentence')}</p>
          <ManyFields
            values={values}
            problems={checked ? problems : []}
            sections={able}
            onChange={(edit) => {
              setValues((before) => ({ ...before, ...edit }))
            }}
          />
          <ManyAccounts sections={able} chosen={chosen} plan={plan} onChange={setChosen} />
        </form>
      )}
      {leaving && (
        <DiscardDialog
          onKeep={() => {
            setLeaving(false)
          }}
          onDiscard={onClose}
        />
      )}
    </SidePanel>
  )
}

const CONTROL: Partial<Record<string, string>> = {
  remaining: 'amount',
  expiresAtMs: 'date',
  ipLimits: 'addresses',
}

/** Each account's own group, until another one is chosen. */
function emptyMany(currency: KeyFormValues['currency']): KeyFormValues {
  return emptyValues({ features: { groups: 'optional' }, groups: null }, currency)
}
