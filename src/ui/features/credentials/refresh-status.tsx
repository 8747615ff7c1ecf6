import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { hostOf } from '../../view/glance-view'
import { originOf } from './credential-entries'
import { openCredential } from './credential-actions'
import { useCredentialFailureText } from './failure-words'
import type { CredentialRefresh } from './use-credential-refresh'

/** How many credentials or hosts are named before the rest is only counted. */
const LISTED = 5

/** A refresh of several credentials while it runs, and what came of it. */
export function RefreshStatus({ refresh }: { refresh: CredentialRefresh }) {
  const { t } = useTranslation('credentials')
  const { batch, refused, failure } = refresh
  const done = batch.filter(({ refreshing }) => !refreshing).length
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {refused.length > 0 && <Refused hosts={refused} onDismiss={refresh.dismiss} />}
      {done < batch.length ? (
        <div className="flex items-center gap-3 text-12">
          <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
            {t('refresh.progress', { done, total: batch.length })}
          </span>
          <ProgressBar value={done} max={batch.length} label={t('refresh.label')} />
        </div>
      ) : (
        batch.length > 1 && <Finished refresh={refresh} />
      )}
    </>
  )
}

function Refused({ hosts, onDismiss }: { hosts: readonly string[]; onDismiss: () => void }) {
  const { t, i18n } = useTranslation('credentials')
  const named = hosts.slice(0, LISTED)
  const rest = hosts.length - named.length
  const list = rest > 0 ? [...named, t('more', { count: rest })] : named
  return (
    <Notice
      tone="attention"
      title={t('access.refused-title')}
      action={
        <Button size="s" variant="ghost" onClick={onDismiss}>
          {t('action.dismiss')}
        </Button>
      }
    >
      {t('access.refused-hosts', { hosts: new Intl.ListFormat(i18n.language).format(list) })}
    </Notice>
  )
}

function Finished({ refresh }: { refresh: CredentialRefresh }) {
  const { t } = useTranslation('credentials')
  const words = useCredentialFailureText()
  const { batch, start, dismiss } = refresh
  const failed = batch.filter(({ state }) => state?.health === 'warning')
  const rest = failed.length - LISTED
  return (
    <Notice
      tone={failed.length > 0 ? 'attention' : 'good'}
      title={t('refresh.result', { done: batch.length - failed.length, failed: failed.length })}
      action={
        <>
          {failed.length > 0 && (
            <Button
              size="s"
              onClick={() => {
                start(failed)
              }}
            >
              {t('refresh.retry')}
            </Button>
          )}
          <Button size="s" variant="ghost" onClick={dismiss}>
            {t('action.dismiss')}
          </Button>
        </>
      }
    >
      {failed.length > 0 && (
        <ul>
          {failed.slice(0, LISTED).map((view) => (
            <li key={view.id}>
              <button
                type="button"
                className="font-medium underline"
                onClick={() => {
                  openCredential('details', view.id)
                }}
              >
                {view.decided.name}
              </button>{' '}
              <span className="text-text-2">
                {view.state?.failure && words(view.state.failure, hostOf(originOf(view))).title}
              </span>
            </li>
          ))}
          {rest > 0 && <li className="text-text-2">{t('more', { count: rest })}</li>}
        </ul>
      )}
    </Notice>
  )
}
