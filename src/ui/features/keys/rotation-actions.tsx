import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Rotation } from '@/src/domain/chore'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { useKeyChange } from '../../queries/key-mutations'
import { isOver, isUnderWay } from './rotation-view'

interface Props {
  rotation: Rotation
  onClose: () => void
}

/** What can be done about a rotation as it stands. */
export function RotationActions({ rotation, onClose }: Props) {
  const { t } = useTranslation('keys')
  const goOn = useKeyChange('rotation.continue')
  const back = useKeyChange('rotation.rollback')
  const finish = useKeyChange('rotation.finish')
  const dismiss = useKeyChange('rotation.dismiss')
  const [asking, setAsking] = useState(false)
  const { id, state, step, destinations } = rotation
  const busy = goOn.busy || back.busy || finish.busy || dismiss.busy
  const failure = goOn.failure ?? back.failure ?? finish.failure ?? dismiss.failure
  const hasFailedPlace = destinations.some((place) => place.state === 'failed')
  const isStopped = !isOver(rotation) && !isUnderWay(rotation)

  async function forget(): Promise<void> {
    const done = await dismiss.run({ id })
    if (done.ok) onClose()
  }

  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {isOver(rotation) && (
        <Button busy={busy} onClick={() => void forget()}>
          {t('action.dismiss')}
        </Button>
      )}
      {state === 'failed' && (
        <Button variant="ghost" busy={busy} onClick={() => void forget()}>
          {t('rotation.keep-both')}
        </Button>
      )}
      {!isOver(rotation) && state !== 'rolling-back' && (
        <Button busy={busy} onClick={() => void back.run({ id })}>
          {t('rotation.roll-back')}
        </Button>
      )}
      {isStopped && hasFailedPlace && <WithoutPlaces {...{ busy, goOn, back, id }} />}
      {isStopped && step !== 'delete' && (
        <Button variant="primary" busy={busy} onClick={() => void goOn.run({ id })}>
          {t(`rotation.go-on.${goOnLabel(rotation)}`)}
        </Button>
      )}
      {isStopped && step === 'delete' && (
        <Button
          variant="danger"
          busy={busy}
          onClick={() => {
            setAsking(true)
          }}
        >
          {t('rotation.delete')}
        </Button>
      )}
      {asking && (
        <DeleteDialog
          name={rotation.oldName}
          onClose={() => {
            setAsking(false)
          }}
          onConfirm={() => {
            setAsking(false)
            void finish.run({ id })
          }}
        />
      )}
    </>
  )
}

function goOnLabel({ state, step, failure }: Rotation): 'again' | 'retry' | 'look' | 'disable' {
  if (state !== 'needs-you') return 'retry'
  if (step === 'disable') return 'disable'
  return failure?.reason === 'rotation-uncertain' ? 'again' : 'look'
}

interface WithoutProps {
  id: string
  busy: boolean
  goOn: ReturnType<typeof useKeyChange<'rotation.continue'>>
  back: ReturnType<typeof useKeyChange<'rotation.rollback'>>
}

/** Ways past places that cannot be reached. */
function WithoutPlaces({ id, busy, goOn, back }: WithoutProps) {
  const { t } = useTranslation('keys')
  return (
    <>
      <Button busy={busy} onClick={() => void back.run({ id, leaveFailed: true })}>
        {t('rotation.roll-back-without')}
      </Button>
      <Button busy={busy} onClick={() => void goOn.run({ id, leaveFailed: true })}>
        {t('rotation.go-on.without')}
      </Button>
    </>
  )
}

interface DialogProps {
  name: string
  onClose: () => void
  onConfirm: () => void
}

function DeleteDialog({ name, onClose, onConfirm }: DialogProps) {
  const { t } = useTranslation('keys')
  return (
    <Dialog
      open
      onClose={onClose}
      tone="bad"
      title={t('rotation.delete-title', { name: name || t('value.no-name') })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.keep')}</Button>
          <Button variant="danger" onClick={onConfirm}>
            {t('rotation.delete')}
          </Button>
        </>
      }
    >
      <p>{t('rotation.delete-meaning')}</p>
    </Dialog>
  )
}
