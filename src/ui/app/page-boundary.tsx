import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { type Failure, failureOf } from '@/src/domain/failure'

import { Button } from '../components/button'
import { FailureNotice } from '../components/failure-notice'
import { StopScreen } from './stop-screen'

interface State {
  failure: Failure | null
}

/** Shows a way out where a page would otherwise turn blank. */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failure: null }

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: failureOf(thrown) }
  }

  override render(): ReactNode {
    return this.state.failure ? <Crash failure={this.state.failure} /> : this.props.children
  }
}

function Crash({ failure }: { failure: Failure }) {
  const { t } = useTranslation('common')
  return (
    <StopScreen title={t('crash.title')} sentence={t('crash.sentence')}>
      <FailureNotice
        failure={failure}
        action={
          <Button
            size="s"
            variant="primary"
            onClick={() => {
              location.reload()
            }}
          >
            {t('action.reload')}
          </Button>
        }
      />
    </StopScreen>
  )
}
