import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { Skeleton } from '../../components/skeleton'
import { useSettled } from '../../components/use-settled'
import { type RenderRow, VirtualList } from '../../components/virtual-list'
import type { GlanceEntry } from '../../view/glance-view'
import { AccountRow } from './account-row'
import { openAddAccount } from './open-pages'
import type { PopupAccounts } from './use-popup-accounts'

const ROW_PX = 48
const SKELETON_ROWS = 6

interface Props {
  accounts: PopupAccounts
  currency: Currency
  onRefresh: (ids: readonly string[]) => void
}

export function AccountList({ accounts, currency, onRefresh }: Props) {
  const { t } = useTranslation('popup')
  const [openId, setOpenId] = useState<string | null>(null)
  const settled = useSettled()
  const renderRow = useCallback<RenderRow<GlanceEntry>>(
    (entry, { tabIndex }) => (
      <AccountRow
        entry={entry}
        currency={currency}
        tabIndex={tabIndex}
        open={entry.row.id === openId}
        withActions={settled}
        onToggle={(id) => {
          setOpenId(id === openId ? null : id)
        }}
        onRefresh={onRefresh}
      />
    ),
    [currency, openId, settled, onRefresh],
  )
  if (accounts.loading) return <SkeletonRows />
  if (accounts.count === 0) return accounts.failure ? null : <FirstUse />
  if (accounts.shown.length === 0) return <NoHit accounts={accounts} />
  return (
    <VirtualList
      items={accounts.shown}
      rowHeight={ROW_PX}
      renderRow={renderRow}
      label={t('list.label')}
      getKey={keyOf}
      focus="target"
      className="min-h-0 flex-1 border-t border-line"
    />
  )
}

const keyOf = (entry: GlanceEntry): string => entry.row.id

function FirstUse() {
  const { t } = useTranslation('popup')
  return (
    <div className="flex flex-1 flex-col justify-center">
      <EmptyState
        title={t('empty.first.title')}
        sentence={t('empty.first.sentence')}
        action={
          <Button variant="primary" onClick={() => void openAddAccount()}>
            {t('empty.first.action')}
          </Button>
        }
      />
    </div>
  )
}

function NoHit({ accounts }: { accounts: PopupAccounts }) {
  const { t } = useTranslation('popup')
  return (
    <EmptyState
      title={t('empty.no-hit.title')}
      sentence={t('empty.no-hit.sentence', { query: accounts.query.trim() })}
      action={
        <Button
          onClick={() => {
            accounts.setQuery('')
          }}
        >
          {t('empty.no-hit.action')}
        </Button>
      }
    />
  )
}

function SkeletonRows() {
  return (
    <div aria-hidden className="flex flex-col">
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <div key={index} className="flex h-12 items-center gap-3 px-3">
          <Skeleton className="size-8 shrink-0" />
          <Skeleton className="h-4 w-36" />
          <Skeleton className="ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  )
}
