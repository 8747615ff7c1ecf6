import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SidePanel } from '../../components/side-panel'
import { DiscardDialog } from '../account-form/discard-dialog'
import type { SaveNews } from './credential-details'
import type { CredentialEntry } from './credential-entries'
import { CredentialFields } from './credential-fields'
import { EMPTY_FORM, valuesOf } from './form-values'
import { type FormState, useCredentialForm } from './use-credential-form'

interface Props {
  /** Absent = a new credential. */
  entry?: CredentialEntry
  onClose: () => void
  /** Something typed would be lost. */
  onDirty: (dirty: boolean) => void
  onSaved: (news: SaveNews) => void
}

/** Adds or changes a credential; it is not closed over unsaved changes without asking. */
export function FormPanel({ entry, onClose, onDirty, onSaved }: Props) {
  const { t } = useTranslation('credentials')
  const formId = useId()
  const [state, setState] = useState<FormState>('untouched')
  const [busy, setBusy] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const [news, setNews] = useState<SaveNews | null>(null)
  const { element, form } = useCredentialForm({
    start: entry ? valuesOf(entry.view) : EMPTY_FORM,
    id: entry?.id,
    onBusy: setBusy,
    onState: (next) => {
      setState(next)
      onDirty(next === 'changed')
    },
    onSaved: (told) => {
      setNews(told)
      onSaved(told)
    },
  })

  function leave(): void {
    if (state === 'changed') setLeaving(true)
    else onClose()
  }

  const saved = state === 'saved' && news
  return (
    <SidePanel
      open
      onClose={leave}
      title={entry ? t('form.edit', { name: entry.view.decided.name }) : t('form.add')}
      footer={
        <>
          <p role="status" className="me-auto text-text-2">
            {saved && t(saved.granted ? 'form.saved' : 'form.saved-not-granted')}
          </p>
          <Button variant="ghost" onClick={leave}>
            {t('action.close')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={busy}>
            {t(busy ? 'action.saving' : 'action.save')}
          </Button>
        </>
      }
    >
      <CredentialFields formId={formId} formRef={element} form={form} />
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
