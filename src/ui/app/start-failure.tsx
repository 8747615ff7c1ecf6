import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../components/button'
import { FailureNotice } from '../components/failure-notice'
import { StopScreen } from './stop-screen'

interface Props {
  failure: Failure
  onRetry: () => void
}

/** The worker did not tell a page what it needs to start. */
export function StartFailure({ failure, onRetry }: Props) {
  const { t } = useTranslation('common')
  const [trying, setTrying] = useState(false)
  return (
    <StopScreen title={t('start.title')} sentence={t('start.sentence')}>
      <FailureNotice
        failure={failure}
        action={
          <Button
            size="s"
            variant="primary"
            busy={trying}
            onClick={() => {
              setTrying(true)
              onRetry()
            }}
          >
            {t('action.retry')}
          </Button>
        }
      />
    </StopScreen>
  )
}
