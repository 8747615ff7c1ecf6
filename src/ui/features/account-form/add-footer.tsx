import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { originIn } from './draft'
import type { Adding } from './use-add-account'
import type { Saving } from './use-saving'

interface Props {
  adding: Adding
  saving: Saving
  formId: string
  onClose: () => void
}

/** The way on from each step, the likeliest one last. */
export function AddFooter({ adding, saving, formId, onClose }: Props) {
  const { t } = useTranslation('account-form')
  const { step, draft } = adding.state
  const byHand = (
    <Button variant="ghost" onClick={adding.enterByHand}>
      {t('action.by-hand')}
    </Button>
  )
  switch (step.at) {
    case 'address':
    case 'asking':
    case 'refused':
      return (
        <>
          {byHand}
          <Button variant="primary" type="submit" form={formId} busy={step.at === 'asking'}>
            {t(step.at === 'refused' ? 'action.ask-again' : 'action.recognise')}
          </Button>
        </>
      )
    case 'recognising':
      return byHand
    case 'waiting':
      return (
        <WaitingActions
          origin={originIn(draft.values.origin) ?? ''}
          adding={adding}
          opened={step.opened}
        />
      )
    case 'recognised':
      return step.recognition.existing.some(({ sameUser }) => sameUser) ? (
        <Button onClick={onClose}>{t('action.close')}</Button>
      ) : (
        <>
          {byHand}
          <SaveButton formId={formId} busy={saving.busy} />
        </>
      )
    case 'by-hand':
      return (
        <>
          <Button variant="ghost" onClick={adding.goBack}>
            {t('action.back')}
          </Button>
          <SaveButton formId={formId} busy={saving.busy} />
        </>
      )
  }
}

function SaveButton({ formId, busy }: { formId: string; busy: boolean }) {
  const { t } = useTranslation('account-form')
  return (
    <Button variant="primary" type="submit" form={formId} busy={busy}>
      {t(busy ? 'action.adding' : 'action.add')}
    </Button>
  )
}

interface WaitingProps {
  adding: Adding
  origin: string
  opened: boolean
}

function WaitingActions({ adding, origin, opened }: WaitingProps) {
  const { t } = useTranslation('account-form')
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
        onClick={() => void adding.askAccessAndRecognise(origin)}
      >
        {t('action.logged-in')}
      </Button>
    </>
  )
}
