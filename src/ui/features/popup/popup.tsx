import { useRef } from 'react'

import { CURRENCIES } from '@/src/domain/money'

import { useLiveUpdates } from '../../queries/live'
import { useRefresh } from '../../queries/refresh'
import { useSettings } from '../../queries/settings'
import { AccountList } from './account-list'
import { Notices } from './notices'
import { PopupHeader } from './popup-header'
import { Total } from './total'
import { usePopupAccounts } from './use-popup-accounts'
import { usePopupKeys } from './use-popup-keys'

/** What people open for two seconds, twenty times a day: one figure, and the rows behind it. */
export function Popup() {
  useLiveUpdates()
  const { settings, update } = useSettings()
  const { currency } = settings
  const accounts = usePopupAccounts(currency)
  const refresh = useRefresh()
  const search = useRef<HTMLInputElement>(null)
  usePopupKeys({
    focusSearch: () => {
      search.current?.focus()
      search.current?.select()
    },
    refresh: () => {
      if (!refresh.running && accounts.count > 0) refresh.start()
    },
  })
  const next = CURRENCIES[(CURRENCIES.indexOf(currency) + 1) % CURRENCIES.length] ?? 'USD'
  return (
    <div className="flex h-full flex-col">
      <PopupHeader
        query={accounts.query}
        onQuery={accounts.setQuery}
        searchRef={search}
        refresh={refresh}
        canRefresh={accounts.count > 0}
      />
      <main className="flex min-h-0 flex-1 flex-col">
        {accounts.count > 0 || accounts.loading ? (
          <Total
            totals={accounts.totals}
            loading={accounts.loading}
            currency={currency}
            next={next}
            onNext={() => void update({ currency: next })}
            job={refresh.job}
          />
        ) : null}
        <Notices accounts={accounts} refresh={refresh} />
        <AccountList accounts={accounts} currency={currency} onRefresh={refresh.start} />
      </main>
    </div>
  )
}
