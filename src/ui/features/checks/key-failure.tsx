import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import { GrantAccess } from '../../components/grant-access'
import { LinkButton } from '../../components/link-button'
import { siteLabel } from '../../view/matching'
import { hrefOf } from '../shell/route'

interface Props {
  failure: Failure
  source: KeySource
  /** Where the key is used; `''` = not known. */
  baseUrl: string
  /** After access was granted. */
  onGranted: () => void
}

/** Why a key cannot be had or used, and the way out. */
export function KeyFailure({ failure, source, baseUrl, onGranted }: Props) {
  const { t } = useTranslation('checks')
  const origin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : ''
  const wantsAccess = failure.class === 'access' && origin !== ''
  return (
    <FailureNotice
      failure={failure}
      {...(origin === '' ? {} : { siteName: siteLabel(origin) })}
      action={
        wantsAccess ? (
          <GrantAccess origin={origin} onGranted={onGranted} refusal={t('access-refused')} />
        ) : (
          <WayOut failure={failure} source={source} />
        )
      }
    />
  )
}

/** Where a key that cannot be had is repaired or replaced; nothing for other failures. */
export function WayOut({ failure, source }: Pick<Props, 'failure' | 'source'>) {
  const { t } = useTranslation('checks')
  if (source.kind !== 'key') return null
  if (failure.class === 'proof') {
    return (
      <LinkButton size="s" href={hrefOf({ page: 'keys', panel: { kind: 'repair' } })}>
        {t('way-out.repair')}
      </LinkButton>
    )
  }
  if (failure.class !== 'unsupported' || failure.reason !== 'key-lost') return null
  const { accountId: account, keyId: key } = source
  return (
    <LinkButton
      size="s"
      href={hrefOf({ page: 'keys', panel: { kind: 'duplicate', account, key } })}
    >
      {t('way-out.replace')}
    </LinkButton>
  )
}
