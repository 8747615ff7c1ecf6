import { useTranslation } from 'react-i18next'

import { useSettings } from '../../queries/settings'
import { formatAmountOf } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'
import type { Day } from './month-table'
import { useProofText } from './state-mark'

/** What is known of a day, in words: its state, what it gave, and what proved it. */
export function useDayText(account: GlanceEntry): (day: Day) => string[] {
  const { t, i18n } = useTranslation('check-in')
  const { currency } = useSettings().settings
  const proofs = useProofText()
  return ({ state, reward, by }) => [
    t(`state.${state}`),
    ...(reward === undefined ? [] : [formatAmountOf(reward, account.row, currency, i18n.language)]),
    ...(by === undefined ? [] : [proofs(by)]),
  ]
}
