import { useTranslation } from 'react-i18next'

import type { Rotation } from '@/src/domain/chore'

import { Button } from '../../components/button'
import { LinkButton } from '../../components/link-button'
import { Notice } from '../../components/notice'
import { useKeyChange } from '../../queries/key-mutations'
import { hrefOf } from '../shell/route'
import { isOver } from './rotation-view'
import { useRotations } from './use-rotations'

/** Rotations that run, wait or have just ended, each in a line. */
export function RotationLines() {
  const { rotations = [] } = useRotations()
  return rotations.map((rotation) => <Line key={rotation.id} rotation={rotation} />)
}

const TONES = {
  running: 'info',
  'rolling-back': 'info',
  'needs-you': 'attention',
  failed: 'attention',
  done: 'good',
  'rolled-back': 'good',
} as const satisfies Record<Rotation['state'], string>

function Line({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation('keys')
  const dismiss = useKeyChange('rotation.dismiss')
  const { id, old, oldName, state, step } = rotation
  const name = oldName || t('value.no-name')
  const panel = { kind: 'rotate', account: old.accountId, key: old.keyId } as const
  return (
    <Notice
      tone={TONES[state]}
      action={
        <>
          <LinkButton
            size="s"
            aria-label={t('rotation.open-named', { name })}
            href={hrefOf({ page: 'keys', panel })}
          >
            {t('rotation.open')}
          </LinkButton>
          {isOver(rotation) && (
            <Button
              size="s"
              variant="ghost"
              busy={dismiss.busy}
              onClick={() => void dismiss.run({ id })}
            >
              {t('action.dismiss')}
            </Button>
          )}
        </>
      }
    >
      <p>
        {t(`rotation.line.${state}`, {
          name,
          step: t(`rotation.step.${step === 'done' ? 'delete' : step}`),
        })}
      </p>
    </Notice>
  )
}
