import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import type { AddStep } from './add-step'
import type { Adding } from './use-add-account'

interface Props {
  step: Extract<AddStep, { at: 'waiting' }>
  origin: string
  adding: Adding
}

/** The ways on while only the person can go on; the likeliest one last. */
export function WaitingActions({ step: { opened }, origin, adding }: Props) {
  const { t } = useTranslation('account-form')
  const { looked } = adding.state
  return (
    <>
      <Button variant="ghost" onClick={adding.enterByHand}>
        {t('action.by-hand')}
      </Button>
      <Button variant={opened ? 'plain' : 'primary'} onClick={() => void adding.openSite(origin)}>
        {t('action.open-site')}
      </Button>
      <Button
        variant={opened ? 'primary' : 'plain'}
        onClick={() => void adding.askAccessAndRecognise(origin, looked.chosenType)}
      >
        {t('action.logged-in')}
      </Button>
    </>
  )
}
