import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'
import { BatchStatus } from './batch-status'
import { DetailActions } from './detail-actions'
import { openKey } from './key-actions'
import type { KeyEntry } from './key-entries'
import { KeyFacts, KeyLimits } from './key-facts'
import { KeyUses } from './key-uses'
import { SecretBox } from './secret-box'
import { useBatch } from './use-batch'
import type { KeySecrets } from './use-key-secrets'

interface Props {
  entry: KeyEntry
  secrets: KeySecrets
  onClose: () => void
}

/** Everything known about one key, and what can be done with it. */
export function KeyDetails({ entry, secrets, onClose }: Props) {
  const { t } = useTranslation('keys')
  const batch = useBatch()
  useHideOnLeave(entry.id, secrets)
  return (
    <SidePanel
      open
      onClose={onClose}
      title={entry.row.name || t('value.no-name')}
      footer={<DetailActions entry={entry} batch={batch} />}
    >
      <div className="flex flex-col gap-6">
        <BatchStatus batch={batch} />
        <SecretSection entry={entry} secrets={secrets} />
        <KeyFacts entry={entry} />
        <KeyLimits entry={entry} />
        <KeyUses entry={entry} batch={batch} />
      </div>
    </SidePanel>
  )
}

/** What was shown in a panel is not left standing in the list. */
function useHideOnLeave(id: string, secrets: KeySecrets): void {
  const hide = useEffectEvent(() => {
    secrets.hide(id)
  })
  useEffect(
    () => () => {
      hide()
    },
    [],
  )
}

function SecretSection({ entry, secrets }: Pick<Props, 'entry' | 'secrets'>) {
  const { t } = useTranslation('keys')
  const { row, can } = entry
  if (can.reveal) return <SecretBox target={entry} masked={row.shown} secrets={secrets} />
  return (
    <Notice
      tone="attention"
      title={t('lost.title')}
      action={
        can.duplicate && (
          <Button
            size="s"
            onClick={() => {
              openKey('duplicate', entry)
            }}
          >
            {t('lost.replace')}
          </Button>
        )
      }
    >
      {t('value.lost-hint')}
    </Notice>
  )
}
