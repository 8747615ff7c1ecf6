import { EllipsisVertical, PanelsTopLeft, Plus, Settings } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'

import { Menu } from '../../components/menu'
import { SearchField } from '../../components/search-field'
import type { RefreshHandle } from '../../queries/refresh'
import { Mark } from '../../components/mark'
import { openAddAccount, openPlace } from './open-pages'
import { RefreshControl } from './refresh-control'

interface Props {
  query: string
  onQuery: (query: string) => void
  searchRef: Ref<HTMLInputElement>
  refresh: RefreshHandle
  canRefresh: boolean
}

export function PopupHeader({ query, onQuery, searchRef, refresh, canRefresh }: Props) {
  const { t } = useTranslation(['popup', 'common'])
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line pr-1.5 pl-3">
      <h1 className="mr-2 flex items-center gap-1.5 text-13 font-semibold">
        <Mark />
        {t('common:product')}
      </h1>
      <SearchField
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={query}
        onChange={onQuery}
        inputRef={searchRef}
      />
      <RefreshControl refresh={refresh} disabled={!canRefresh} />
      <Menu
        label={t('menu.label')}
        icon={EllipsisVertical}
        items={[
          {
            id: 'add',
            label: t('menu.add'),
            icon: Plus,
            onSelect: () => void openAddAccount(),
          },
          {
            id: 'options',
            label: t('menu.options'),
            icon: PanelsTopLeft,
            onSelect: () => void openPlace('/accounts'),
          },
          {
            id: 'settings',
            label: t('menu.settings'),
            icon: Settings,
            onSelect: () => void openPlace('/settings'),
          },
        ]}
      />
    </header>
  )
}
