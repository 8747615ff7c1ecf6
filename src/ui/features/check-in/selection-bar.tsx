import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import type { Selection } from '../../components/use-selection'
import type { CheckInActions } from './check-in-menu'
import type { CheckInEntry } from './entries'

interface Props {
  selection: Selection<CheckInEntry>
  /** Of the selected accounts, how many search or filters hide. */
  hidden: number
  actions: CheckInActions
}

/** What can be done with all selected accounts at once. */
export function SelectionBar({ selection, hidden, actions }: Props) {
  const { t } = useTranslation('check-in')
  const { rows, clear } = selection
  if (rows.length === 0) return null
  const button = (name: 'run' | 'open' | 'look') => {
    const able = name === 'open' ? 'open' : 'run'
    const ids = rows.filter(({ can }) => can[able]).map(({ id }) => id)
    return (
      <Button
        size="s"
        disabled={ids.length === 0}
        onClick={() => {
          actions[name](ids)
        }}
      >
        {t(`select.${name}`)}
      </Button>
    )
  }
  return (
    <section
      aria-label={t('select.label')}
      className="flex flex-wrap items-center gap-2 rounded-card border border-line-strong bg-raised px-3 py-2"
    >
      <p role="status" className="me-auto">
        <strong className="font-semibold">{t('select.count', { count: rows.length })}</strong>
        {hidden > 0 && (
          <span className="ms-2 text-text-2">{t('select.hidden', { count: hidden })}</span>
        )}
      </p>
      {button('run')}
      {button('open')}
      {button('look')}
      <Button size="s" variant="ghost" onClick={clear}>
        {t('select.clear')}
      </Button>
    </section>
  )
}
