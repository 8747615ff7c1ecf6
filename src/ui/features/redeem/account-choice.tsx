import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { CodeOffer } from '@/src/domain/redemption'

import { RadioGroup } from '../../components/radio-group'
import { SearchField } from '../../components/search-field'
import { type GlanceEntry, searchEntries } from '../../view/glance-view'
import { AccountOrder } from './account-order'
import { ChoiceError } from './choice-error'
import type { OfferChoice } from './use-offer'

/** A list this short is read faster than searched. */
const SEARCH_ABOVE = 8
/** More is found by searching. */
const SHOWN = 50

interface Props {
  /** Those that fit first. */
  accounts: CodeOffer['accounts']
  entries: ReadonlyMap<string, GlanceEntry>
  choice: OfferChoice
  /** What is wrong with the choice, in words. */
  error?: string | undefined
}

/** The account the codes go to, or several in the order they are tried. */
export function AccountChoice({ accounts, entries, choice, error }: Props) {
  const { t } = useTranslation('redeem')
  const { mode, setMode, accountIds, setAccountIds } = choice
  const [query, setQuery] = useState('')
  const errorId = useId()
  const known = accounts.flatMap(({ accountId }) => entries.get(accountId) ?? [])
  const fitting = new Set(accounts.flatMap(({ accountId, fits }) => (fits ? accountId : [])))
  const found = searchEntries(known, query)

  function toggle(id: string): void {
    const rest = accountIds.filter((one) => one !== id)
    setAccountIds(rest.length < accountIds.length ? rest : [...accountIds, id])
  }

  return (
    <div className="flex min-w-0 flex-col gap-3">
      {accounts.length > 1 && (
        <RadioGroup
          legend={t('where.label')}
          name="where"
          value={mode}
          onChange={setMode}
          options={[
            { value: 'one', label: t('where.one') },
            { value: 'order', label: t('where.order'), help: t('where.order-help') },
          ]}
        />
      )}
      <fieldset
        aria-describedby={error ? errorId : undefined}
        className="flex min-w-0 flex-col gap-2"
      >
        <legend className="mb-1 text-13 font-medium">
          {t(mode === 'one' ? 'where.account' : 'where.accounts')}
        </legend>
        {known.length > SEARCH_ABOVE && (
          <SearchField label={t('where.search')} value={query} onChange={setQuery} />
        )}
        <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto rounded-control border border-line p-2">
          {found.slice(0, SHOWN).map((entry) => (
            <Option key={entry.row.id} entry={entry} fits={fitting.has(entry.row.id)}>
              {mode === 'one' ? (
                <input
                  type="radio"
                  name="account"
                  checked={accountIds.includes(entry.row.id)}
                  onChange={() => {
                    setAccountIds([entry.row.id])
                  }}
                  className="size-4 shrink-0 appearance-none rounded-full border border-mark bg-raised checked:border-5 checked:border-accent"
                />
              ) : (
                <input
                  type="checkbox"
                  name="account"
                  checked={accountIds.includes(entry.row.id)}
                  onChange={() => {
                    toggle(entry.row.id)
                  }}
                  className="size-4 shrink-0 accent-accent"
                />
              )}
            </Option>
          ))}
          {found.length === 0 && query !== '' && (
            <li className="text-text-2">{t('where.none-found')}</li>
          )}
          {found.length > SHOWN && (
            <li className="text-12 text-text-2">
              {t('where.more', { count: found.length - SHOWN })}
            </li>
          )}
        </ul>
      </fieldset>
      {mode === 'order' && accountIds.length > 1 && (
        <AccountOrder ids={accountIds} entries={entries} onChange={setAccountIds} />
      )}
      <ChoiceError id={errorId} words={error} />
    </div>
  )
}

interface OptionProps {
  entry: GlanceEntry
  fits: boolean
  children: ReactNode
}

function Option({ entry: { title, host }, fits, children }: OptionProps) {
  const { t } = useTranslation('redeem')
  return (
    <li>
      <label className="flex flex-wrap items-center gap-x-2">
        {children}
        <span className="wrap-anywhere">{title}</span>{' '}
        <span className="text-12 wrap-anywhere text-text-2">
          {fits ? t('where.fits', { host }) : host}
        </span>
      </label>
    </li>
  )
}
