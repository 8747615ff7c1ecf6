import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { GoneKey } from './gone-key'
import type { KeyEntry } from './key-entries'
import { RotateStart } from './rotate-start'
import { RotationActions } from './rotation-actions'
import { RotationState } from './rotation-state'
import { rotationOf } from './rotation-view'
import { useRotations } from './use-rotations'

interface Props {
  accountId: string
  keyId: string
  /** `undefined` = the key is not in the list, or not any more. */
  entry: KeyEntry | undefined
  onClose: () => void
}

/** Replaces a key by a new one with the same limits, step by step. */
export function RotatePanel({ accountId, keyId, entry, onClose }: Props) {
  const { t } = useTranslation('keys')
  const { rotations, error } = useRotations()
  const rotation = rotationOf(rotations ?? [], { accountId, keyId })
  const name = rotation?.oldName ?? entry?.row.name
  const title = t('rotation.title', { name: name || t('value.no-name') })
  if (rotation) {
    return (
      <SidePanel
        open
        onClose={onClose}
        title={title}
        footer={<RotationActions rotation={rotation} onClose={onClose} />}
      >
        <RotationState rotation={rotation} />
      </SidePanel>
    )
  }
  if (rotations && !entry) return <GoneKey onClose={onClose} />
  if (rotations && entry) return <RotateStart {...{ title, entry, onClose }} />
  return (
    <SidePanel open onClose={onClose} title={title}>
      {error ? <FailureNotice failure={failureOf(error)} /> : <Skeleton className="h-16 w-full" />}
    </SidePanel>
  )
}
