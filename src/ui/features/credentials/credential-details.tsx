import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Age } from '../../components/age'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { HealthMark } from '../../components/health-mark'
import { LinkButton } from '../../components/link-button'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'
import { formatCount } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import { Attempts } from './attempts'
import { openCredential } from './credential-actions'
import {
  balanceOf,
  type CredentialEntry,
  healthOf,
  IN_DOLLARS,
  originOf,
} from './credential-entries'
import { CredentialFailure } from './credential-failure'
import { DetailFacts } from './detail-facts'
import { QueryFigures } from './query-figures'
import { RemoveDialog } from './remove-dialog'
import { SecretSection } from './secret-section'
import type { CredentialRefresh } from './use-credential-refresh'
import type { CredentialSecrets } from './use-credential-secrets'

/** What saving ended with, told where the saved credential is shown. */
export interface SaveNews {
  readonly id: string
  /** One of the same type, address and key was there already and took this in. */
  readonly merged: boolean
  /** The browser may reach the credential's site. */
  readonly granted: boolean
}

interface Props {
  entry: CredentialEntry
  secrets: CredentialSecrets
  refresh: CredentialRefresh
  news: SaveNews | null
  onClose: () => void
}

/** Everything known about one credential, and what can be done with it. */
export function CredentialDetails({ entry, secrets, refresh, news, onClose }: Props) {
  const { view } = entry
  const origin = originOf(view)
  const ask = () => {
    refresh.start([view])
  }
  return (
    <SidePanel
      open
      onClose={onClose}
      title={view.decided.name}
      footer={<DetailActions entry={entry} onRefresh={ask} onClose={onClose} />}
    >
      <div className="flex flex-col gap-6">
        {news?.id === entry.id && <News news={news} host={hostOf(origin)} />}
        <Balance entry={entry} />
        <LastFailure entry={entry} refresh={refresh} onRefresh={ask} />
        <SecretSection entry={entry} secrets={secrets} />
        <QueryFigures state={view.state} withoutBalance />
        <ModelsPreview entry={entry} />
        <DetailFacts entry={entry} />
        <Attempts attempts={view.state?.attempts ?? []} host={hostOf(origin)} />
      </div>
    </SidePanel>
  )
}

function News({ news, host }: { news: SaveNews; host: string }) {
  const { t } = useTranslation('credentials')
  return (
    <>
      <div role="status">
        <Notice tone="good">{t(news.merged ? 'form.merged' : 'form.saved')}</Notice>
      </div>
      {!news.granted && (
        <Notice tone="attention" title={t('access.refused-title')}>
          {t('access.refused-hosts', { hosts: host })}
        </Notice>
      )}
    </>
  )
}

function Balance({ entry: { view } }: { entry: CredentialEntry }) {
  const { t } = useTranslation('credentials')
  const { state, refreshing } = view
  const health = healthOf(state)
  return (
    <section>
      <h3 className="text-12 text-text-2">{t('value.balanceUsd')}</h3>
      <p>
        {state?.unlimited ? (
          <span className="text-28 font-semibold">{t('unlimited')}</span>
        ) : (
          <Amount metric={balanceOf(view)} rates={IN_DOLLARS} currency="USD" size="xl" />
        )}
      </p>
      <p className="flex items-center gap-3 text-12 text-text-2">
        <HealthMark health={health} label={t(`health.${health}`)} showWord />
        {state && <Age atMs={state.attemptAtMs} />}
        <span role="status" className="empty:hidden">
          {refreshing && t('refreshing')}
        </span>
      </p>
    </section>
  )
}

interface FailureProps {
  entry: CredentialEntry
  refresh: CredentialRefresh
  onRefresh: () => void
}

function LastFailure({ entry: { id, view }, refresh, onRefresh }: FailureProps) {
  const { t } = useTranslation('credentials')
  const { state, granted, refreshing } = view
  if (refreshing) return null
  const failure =
    state?.failure ??
    (granted ? refresh.failure : ({ class: 'access', reason: 'no-permission' } as const))
  if (!failure) return null
  return (
    <CredentialFailure
      failure={failure}
      origin={originOf(view)}
      onGranted={() => {
        refresh.startGranted([id])
      }}
      action={
        <Button size="s" onClick={onRefresh}>
          {t('action.refresh')}
        </Button>
      }
    />
  )
}

function ModelsPreview({ entry: { id, view } }: { entry: CredentialEntry }) {
  const { t, i18n } = useTranslation('credentials')
  const { models } = view.state ?? {}
  const rest = models ? models.count - models.first.length : 0
  return (
    <section className="flex flex-col items-start gap-2">
      <h3 className="font-semibold">
        {t('column.models')}{' '}
        {models && (
          <span className="ms-2 font-normal text-text-2 tabular-nums">
            {formatCount(models.count, i18n.language)}
          </span>
        )}
      </h3>
      {models ? (
        <ul className="flex flex-wrap gap-1.5">
          {models.first.map((name) => (
            <li
              key={name}
              className="rounded-control border border-line px-1.5 font-mono text-12 break-all"
            >
              {name}
            </li>
          ))}
          {rest > 0 && <li className="text-12 text-text-2">{t('more', { count: rest })}</li>}
        </ul>
      ) : (
        <p className="text-text-2">{t('models.unknown')}</p>
      )}
      <LinkButton size="s" href={hrefOf({ page: 'models', credentialId: id })}>
        {t('action.models')}
      </LinkButton>
    </section>
  )
}

interface ActionsProps {
  entry: CredentialEntry
  onRefresh: () => void
  onClose: () => void
}

function DetailActions({ entry, onRefresh, onClose }: ActionsProps) {
  const { t } = useTranslation('credentials')
  const [removing, setRemoving] = useState(false)
  const { id, view } = entry
  return (
    <>
      <Button
        variant="ghost"
        className="me-auto"
        onClick={() => {
          setRemoving(true)
        }}
      >
        {t('action.delete')}
      </Button>
      {(['export', 'check', 'edit'] as const).map((kind) => (
        <Button
          key={kind}
          onClick={() => {
            openCredential(kind, id)
          }}
        >
          {t(`action.${kind === 'check' ? 'verify' : kind}`)}
        </Button>
      ))}
      <Button variant="primary" busy={view.refreshing} onClick={onRefresh}>
        {t('action.refresh')}
      </Button>
      {removing && (
        <RemoveDialog
          entry={entry}
          onClose={() => {
            setRemoving(false)
          }}
          onRemoved={onClose}
        />
      )}
    </>
  )
}
