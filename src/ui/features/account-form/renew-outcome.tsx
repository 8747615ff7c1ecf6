import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { waitingFor } from './add-step'
import { OwnCookiesRefused } from './own-cookies-notice'
import type { RenewLogin } from './use-renew-login'
import { WaitingNotice } from './waiting-step'

interface Props {
  row: GlanceRow
  renewing: RenewLogin
}

/** What became of giving an account a new login. */
export function RenewOutcomeNotice({ row, renewing }: Props) {
  const { t } = useTranslation('account-form')
  const { outcome } = renewing
  switch (outcome.kind) {
    case 'none':
    case 'working':
      return null
    case 'renewed':
      return <p role="status">{t('renew.done')}</p>
    case 'cookies-refused':
      return <OwnCookiesRefused />
    case 'another':
      return (
        <Notice tone="bad" title={t('renew.another-title')}>
          {t('renew.another', {
            name: outcome.found.username,
            id: outcome.found.userId,
            own: row.userId,
          })}
        </Notice>
      )
    case 'failed':
      return <RenewFailure row={row} renewing={renewing} failure={outcome.failure} />
  }
}

function RenewFailure({ row, renewing, failure }: Props & { failure: Failure }) {
  const { t } = useTranslation('account-form')
  const host = new URL(row.origin).host
  const why = waitingFor(failure)
  if (why) {
    return (
      <>
        <WaitingNotice why={why} opened={renewing.opened} host={host} />
        <div>
          <Button size="s" onClick={() => void renewing.openSite()}>
            {t('action.open-site')}
          </Button>
        </div>
      </>
    )
  }
  if (failure.class === 'input' && failure.field === 'way') {
    return <Notice tone="attention">{t('renew.not-offered')}</Notice>
  }
  return <FailureNotice failure={failure} siteName={host} />
}
