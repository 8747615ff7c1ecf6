import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SearchField } from '../../components/search-field'
import { useNow } from '../../components/use-now'
import { useSettings } from '../../queries/settings'
import { formatAmountOf, formatDay } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import { matching } from '../../view/matching'
import { CheckBox } from '../../components/check-box'
import type { KeySection } from './key-entries'
import type { PlannedKey } from './many-plan'

/** A list this short is read faster than searched. */
const SEARCH_ABOVE = 8

interface Props {
  sections: readonly KeySection[]
  chosen: ReadonlySet<string>
  /** Of the chosen accounts. */
  plan: readonly PlannedKey[]
  onChange: (chosen: ReadonlySet<string>) => void
}

/** Chooses the accounts and shows what each of them gets. */
export function ManyAccounts({ sections, chosen, plan, onChange }: Props) {
  const { t } = useTranslation('keys')
  const [query, setQuery] = useState('')
  const found = matching(sections, query, ({ account }) =>
    [account.name, account.username, account.origin].join('\n'),
  )
  const ids = found.map(({ account }) => account.id)
  const areAll = ids.every((id) => chosen.has(id))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('many.accounts')}</legend>
      <div className="flex items-center gap-2">
        {sections.length > SEARCH_ABOVE && (
          <SearchField label={t('many.search')} value={query} onChange={setQuery} />
        )}
        <Button
          size="s"
          variant="ghost"
          onClick={() => {
            const rest = [...chosen].filter((id) => !ids.includes(id))
            onChange(new Set(areAll ? rest : [...rest, ...ids]))
          }}
        >
          {t(areAll ? 'many.none' : 'many.all')}
        </Button>
      </div>
      <ul className="flex max-h-80 flex-col gap-2 overflow-y-auto rounded-control border border-line p-2">
        {found.map(({ account }) => (
          <li key={account.id} className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1">
              <CheckBox
                label={`${account.name} · ${hostOf(account.origin)}`}
                checked={chosen.has(account.id)}
                onChange={(checked) => {
                  const rest = [...chosen].filter((id) => id !== account.id)
                  onChange(new Set(checked ? [...rest, account.id] : rest))
                }}
              />
            </span>
            <Preview planned={plan.find(({ section }) => section.account === account)} />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Preview({ planned }: { planned: PlannedKey | undefined }) {
  const { t, i18n } = useTranslation('keys')
  const { currency } = useSettings().settings
  const now = useNow()
  if (!planned) return null
  const { draft, section, leftOut } = planned
  if (leftOut) {
    return <span className="text-12 text-attention">{t(`many.left-out.${leftOut}`)}</span>
  }
  const { remaining, expiresAtMs } = draft
  const amount =
    remaining === null
      ? t('value.unlimited')
      : formatAmountOf(remaining, section.account, currency, i18n.language)
  const expiry =
    expiresAtMs === null || Number.isNaN(expiresAtMs)
      ? t('value.never-expires')
      : formatDay(expiresAtMs, now, i18n.language)
  return (
    <span className="shrink-0 text-12 text-text-2 tabular-nums">
      {[amount, expiry].join(' · ')}
    </span>
  )
}
