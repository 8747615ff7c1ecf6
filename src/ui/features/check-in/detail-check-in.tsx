import { useTranslation } from 'react-i18next'

import { markNow } from '@/src/domain/check-in-mark'
import type { AccountDetails } from '@/src/messaging/protocol'

import { useNow } from '../../components/use-now'
import { hostOf } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import { STATE_LOOK, useWhy } from './state-mark'

/** Today's check-in of an account in a line, which leads to its days. */
export function DetailCheckIn({ row }: Pick<AccountDetails, 'row'>) {
  const { t } = useTranslation('check-in')
  const why = useWhy()
  const mark = markNow(row.checkIn, useNow())
  const state = mark?.state ?? 'not-asked'
  const { icon: Icon, tone } = STATE_LOOK[state]
  const detail = mark && why(mark, hostOf(row.origin))
  return (
    <a
      href={hrefOf({ page: 'check-in', account: row.id })}
      className="inline-flex max-w-full items-center gap-1.5 underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      <Icon size={14} aria-hidden className={`shrink-0 ${tone}`} />
      {[t(`state.${state}`), detail].filter(Boolean).join(' · ')}
    </a>
  )
}
