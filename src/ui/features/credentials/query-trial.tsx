import { useTranslation } from 'react-i18next'

import type { CredentialState } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'

import { Notice } from '../../components/notice'
import { hostOf } from '../../view/glance-view'
import { Attempts } from './attempts'
import { useCredentialFailureText } from './failure-words'
import { errorsFrom, savedAddress } from './form-values'
import { QueryFigures } from './query-figures'
import type { CredentialForm, Trial } from './use-credential-form'

interface Props {
  trial: Trial
  form: CredentialForm
}

/** What trying a query read, or why it read nothing. Nothing of it is stored. */
export function QueryTrial({ trial, form: { values, stored } }: Props) {
  const { t } = useTranslation('credentials')
  const address = savedAddress(values, stored)
  const host = address.ok ? hostOf(new URL(address.value).origin) : ''
  switch (trial.state) {
    case 'none':
      return null
    case 'running':
      return (
        <p role="status" className="text-text-2">
          {t('trial.running', { host })}
        </p>
      )
    case 'refused':
      return (
        <Notice tone="attention" title={t('access.refused-title')}>
          {t('access.refused-hosts', { hosts: host })}
        </Notice>
      )
    case 'done': {
      const { result } = trial
      if (result.ok) return <Read state={result.value} host={host} />
      // A field that is wrong says so itself.
      const isAtField = Object.keys(errorsFrom(result.failure)).length > 0
      return isAtField ? null : <Why failure={result.failure} host={host} />
    }
  }
}

function Read({ state, host }: { state: CredentialState; host: string }) {
  const { t } = useTranslation('credentials')
  const isRead = state.health === 'healthy'
  return (
    <div className="flex w-full flex-col gap-3">
      {isRead && (
        <div role="status" className="flex flex-col gap-3">
          <Notice tone="good">
            {state.source
              ? t('trial.read', { way: t(`mode.${state.source}`) })
              : t('trial.read-something')}
          </Notice>
          <QueryFigures state={state} />
        </div>
      )}
      {state.failure && <Why failure={state.failure} host={host} />}
      <Attempts attempts={state.attempts} host={host} />
    </div>
  )
}

function Why({ failure, host }: { failure: Failure; host: string }) {
  const { t } = useTranslation('credentials')
  const { title, sentence, nextStep } = useCredentialFailureText()(failure, host)
  return (
    <Notice tone="bad" title={title}>
      <p>{sentence}</p>
      {failure.detail !== undefined && <p>{t('failure.server-said', { words: failure.detail })}</p>}
      <p className="text-text-2">{nextStep}</p>
    </Notice>
  )
}
