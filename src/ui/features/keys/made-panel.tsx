import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { LinkButton } from '../../components/link-button'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'
import { hrefOf } from '../shell/route'
import { BatchStatus } from './batch-status'
import type { MadeKey } from './create-panel'
import { CredentialDialog } from './credential-dialog'
import { entryId, type KeyEntry } from './key-entries'
import { SecretBox } from './secret-box'
import { useBatch } from './use-batch'
import type { KeySecrets } from './use-key-secrets'

interface Props {
  made: MadeKey
  /** The key in the list, once the list has it. */
  entry: KeyEntry | undefined
  secrets: KeySecrets
  onClose: () => void
}

/**
 * A key that was just made. Where the site shows it this once only, the panel is not closed by
 * accident: not before the key was copied or saved, unless the person insists.
 */
export function MadePanel({ made, entry, secrets, onClose }: Props) {
  const { t } = useTranslation('keys')
  const batch = useBatch()
  const [asking, setAsking] = useState(false)
  const [saving, setSaving] = useState(false)
  const { key, section, name } = made
  const id = key ? entryId(key) : ''
  const { progress } = batch
  const isSaved = progress?.state === 'done' && progress.failures.length === 0
  const isOnce = key !== null && section.list.features.secret === 'once'
  const mustKeep = isOnce && !secrets.copied.has(id) && !isSaved
  useUnloadQuestion(mustKeep)

  function close(): void {
    secrets.hide(id)
    onClose()
  }

  function leave(): void {
    if (mustKeep) setAsking(true)
    else close()
  }

  return (
    <SidePanel
      open
      onClose={leave}
      title={t('made.title')}
      footer={<Button onClick={leave}>{t('action.close')}</Button>}
    >
      <div className="flex flex-col gap-4">
        {key === null ? (
          <Notice tone="attention" title={t('made.unclear-title', { name })}>
            {t('made.unclear')}
          </Notice>
        ) : (
          <>
            <Notice
              tone={isOnce ? 'attention' : 'good'}
              title={t('made.sentence', { name, account: section.account.name })}
            >
              {isOnce && t('made.once')}
            </Notice>
            <BatchStatus batch={batch} />
            <SecretBox
              target={{
                id,
                row: { accountId: key.accountId, id: key.keyId },
                account: section.account,
              }}
              masked={entry?.row.shown ?? ''}
              secrets={secrets}
            />
            <div className="flex flex-wrap gap-2">
              <Button
                size="s"
                disabled={entry === undefined}
                onClick={() => {
                  setSaving(true)
                }}
              >
                {t('action.save-credential')}
              </Button>
              {!mustKeep && (
                <LinkButton
                  size="s"
                  variant="ghost"
                  onClick={close}
                  href={hrefOf({
                    page: 'keys',
                    panel: { kind: 'details', account: key.accountId, key: key.keyId },
                  })}
                >
                  {t('made.open')}
                </LinkButton>
              )}
            </div>
          </>
        )}
      </div>
      {saving && entry && (
        <CredentialDialog
          entries={[entry]}
          onClose={() => {
            setSaving(false)
          }}
          onSave={(work) => void batch.start(work)}
        />
      )}
      {asking && (
        <CloseQuestion
          onBack={() => {
            setAsking(false)
          }}
          onClose={close}
        />
      )}
    </SidePanel>
  )
}

interface QuestionProps {
  onBack: () => void
  onClose: () => void
}

/** Asks before a key that nobody kept is gone for good. */
function CloseQuestion({ onBack, onClose }: QuestionProps) {
  const { t } = useTranslation('keys')
  return (
    <Dialog
      open
      onClose={onBack}
      title={t('made.ask-title')}
      footer={
        <>
          <Button onClick={onBack}>{t('made.ask-back')}</Button>
          <Button variant="danger" onClick={onClose}>
            {t('made.ask-close')}
          </Button>
        </>
      }
    >
      {t('made.ask-meaning')}
    </Dialog>
  )
}

/** The browser asks before the whole page is closed over a key nobody kept. */
function useUnloadQuestion(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
    }
  }, [wanted])
}
