import { Plus } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FailureNotice } from '../../components/failure-notice'
import { LinkButton } from '../../components/link-button'
import { Skeleton } from '../../components/skeleton'
import { useKeyChange } from '../../queries/key-mutations'
import { hrefOf } from '../shell/route'
import { goTo } from '../shell/use-route'
import type { KeyEntry, KeySection } from './key-entries'
import { KeysList } from './keys-list'
import { useKeyChoices } from './list-choices'
import { RotationLines } from './rotation-lines'
import type { KeySecrets } from './use-key-secrets'
import type { Keys } from './use-keys'

interface Props {
  keys: Keys
  /** The key whose panel is open beside the list. */
  openId: string | null
  secrets: KeySecrets
  onExport: (entries: readonly KeyEntry[]) => void
  onCreateMany: (accountIds: readonly string[]) => void
}

/** The keys of all accounts, with everything that can be done with one or many of them. */
export function KeysPage({ keys, openId, secrets, onExport, onCreateMany }: Props) {
  const { t } = useTranslation('keys')
  const { sections, loading, failure } = keys
  const load = useKeyChange('keys.load')
  const { account } = useKeyChoices().filters
  const loadKeys = (accountIds?: readonly string[]) =>
    void load.run(accountIds ? { accountIds: [...accountIds] } : {})
  useFirstLoad(sections, () => {
    loadKeys()
  })
  const canCreate = sections?.some(({ list }) => list.features.create.length > 0) ?? false
  const create = canCreate && (
    <Button
      variant="primary"
      icon={Plus}
      onClick={() => {
        goTo({ page: 'keys', panel: { kind: 'create', ...(account === null ? {} : { account }) } })
      }}
    >
      {t('action.create')}
    </Button>
  )
  return (
    <div className="flex h-full min-h-120 max-w-320 flex-col gap-4 px-4 py-5 md:px-6">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <p className="text-text-2">{t('sentence')}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {sections?.some(hasHidden) && (
            <LinkButton variant="ghost" href={hrefOf({ page: 'keys', panel: { kind: 'repair' } })}>
              {t('repair.title')}
            </LinkButton>
          )}
          {sections?.some(({ list }) => list.rows.length > 0) && (
            <LinkButton variant="ghost" href={hrefOf({ page: 'keys', panel: { kind: 'audit' } })}>
              {t('audit.open')}
            </LinkButton>
          )}
          {create}
        </div>
      </header>
      {load.failure && <FailureNotice failure={load.failure} />}
      <RotationLines />
      {sections === null ? (
        failure ? (
          <FailureNotice
            failure={failure}
            action={
              <Button size="s" onClick={keys.retry}>
                {t('action.retry')}
              </Button>
            }
          />
        ) : (
          <Loading />
        )
      ) : sections.length === 0 ? (
        <Nothing accounts={keys.accounts} />
      ) : (
        <KeysList
          {...{ sections, loading, openId, secrets, onExport, onCreateMany }}
          onLoad={loadKeys}
        />
      )}
    </div>
  )
}

/** Where nothing was ever listed, the first look at the page lists all; later ones wait to be asked. */
function useFirstLoad(sections: readonly KeySection[] | null, load: () => void): void {
  const isFirst =
    sections !== null && sections.length > 0 && sections.every(({ list }) => list.state === 'never')
  const wasAsked = useRef(false)
  const ask = useEffectEvent(load)
  useEffect(() => {
    if (!isFirst || wasAsked.current) return
    wasAsked.current = true
    ask()
  }, [isFirst])
}

function hasHidden({ list }: KeySection): boolean {
  return list.rows.some(({ secret }) => secret !== 'known')
}

/** No account, or none whose site has keys. */
function Nothing({ accounts }: { accounts: number }) {
  const { t } = useTranslation('keys')
  const kind = accounts === 0 ? 'empty' : 'none-offered'
  return (
    <EmptyState
      title={t(`${kind}.title`)}
      sentence={t(`${kind}.sentence`)}
      action={
        <Button
          variant="primary"
          onClick={() => {
            goTo({ page: 'accounts', panel: { kind: 'add' } })
          }}
        >
          {t('empty.add')}
        </Button>
      }
    />
  )
}

function Loading() {
  const { t } = useTranslation('keys')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-8 w-80" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
