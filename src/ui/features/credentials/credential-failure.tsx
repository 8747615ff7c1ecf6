import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import { GrantAccess } from '../../components/grant-access'
import { hostOf } from '../../view/glance-view'
import { useCredentialFailureText } from './failure-words'

interface Props {
  failure: Failure
  origin: string
  /** The next step, unless it is to grant access. */
  action?: ReactNode
  onGranted: () => void
}

/** Why a credential's own endpoints told nothing, the server's own words included. */
export function CredentialFailure({ failure, origin, action, onGranted }: Props) {
  const { t } = useTranslation('credentials')
  const words = useCredentialFailureText()(failure, hostOf(origin))
  return (
    <div className="flex flex-col gap-2">
      <FailureNotice
        failure={failure}
        words={words}
        action={
          failure.class === 'access' ? (
            <GrantAccess origin={origin} onGranted={onGranted} refusal={t('access.refused')} />
          ) : (
            action
          )
        }
      />
      {failure.detail !== undefined && (
        <p className="wrap-anywhere text-text-2">
          {t('failure.server-said', { words: failure.detail })}
        </p>
      )}
    </div>
  )
}
