import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SidePanel } from '../../components/side-panel'
import { useSettings } from '../../queries/settings'
import { AddBody } from './add-body'
import { AddFooter } from './add-footer'
import { AddedStep } from './added-step'
import { DiscardDialog } from './discard-dialog'
import { useAddAccount } from './use-add-account'
import { useSaving } from './use-saving'
import { useSignIn } from './use-sign-in'

interface Props {
  /** Stands in the address field at the start. */
  origin?: string
  /** The tab the person came from, if any. */
  tabId?: number
  onClose: () => void
  /** Shows a stored account, new or old. */
  onOpen: (id: string) => void
}

/** Adds an account: recognises it in the browser's open tab, signs in, or takes it typed by hand. */
export function AddAccount({ origin = '', tabId, onClose, onOpen }: Props) {
  const { t } = useTranslation('account-form')
  const formId = useId()
  const adding = useAddAccount(origin, tabId)
  const saving = useSaving()
  const signIn = useSignIn()
  const [leaving, setLeaving] = useState(false)
  const { defaultKey } = useSettings().settings
  /** A new account whose default key is made before it is shown. */
  const [added, setAdded] = useState<string | null>(null)
  const parts = { adding, saving, signIn, formId }

  function leave(): void {
    // An address alone is quickly typed again.
    const typed = [...adding.state.draft.typed].some((field) => field !== 'origin')
    if (typed) setLeaving(true)
    else onClose()
  }

  if (added !== null) {
    const show = () => {
      onOpen(added)
    }
    return (
      <SidePanel
        open
        onClose={show}
        title={t('add.title')}
        footer={
          <Button variant="primary" onClick={show}>
            {t('action.show-account')}
          </Button>
        }
      >
        <AddedStep accountId={added} keyName={defaultKey.name} />
      </SidePanel>
    )
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={t('add.title')}
      footer={<AddFooter {...parts} onClose={leave} />}
    >
      <AddBody {...parts} onOpen={onOpen} onAdded={defaultKey.afterAdding ? setAdded : onOpen} />
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
