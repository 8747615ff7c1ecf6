import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { CodeState } from '@/src/domain/redemption'
import { pageOf } from '@/src/domain/site-pages'

import { LinkButton } from '../../components/link-button'
import { ProgressRing } from '../../components/progress-ring'
import { useSiteDescription } from '../../queries/sites'
import type { GlanceEntry } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import { type CodeView, useCodeWords } from './code-words'

interface Props {
  code: CodeView
  /** The account it went to last, as far as it is still there. */
  entry: GlanceEntry | undefined
}

/** One code of a batch: what became of it, where, and why. */
export function CodeLine({ code, entry }: Props) {
  const { t } = useTranslation('redeem')
  const { sentence, why, siteSays } = useCodeWords()(code, entry)
  return (
    <li className="flex items-start gap-2 py-1.5">
      <StateMark state={code.state} />
      <div className="flex min-w-0 flex-1 flex-col wrap-anywhere">
        <p>
          <span className="me-1 font-mono">{code.masked}</span> {sentence}{' '}
          {entry && (
            <a
              href={hrefOf({ page: 'accounts', panel: { kind: 'details', id: entry.row.id } })}
              className="text-12 text-text-2 underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              {entry.title}
            </a>
          )}
        </p>
        {why !== undefined && <p className="text-12 text-text-2">{why}</p>}
        {siteSays !== undefined && (
          <p className="text-12 text-text-2">{t('code.site-says', { words: siteSays })}</p>
        )}
        {code.state === 'needs-you' && entry && <RedeemAtSite entry={entry} />}
      </div>
    </li>
  )
}

/** Leads to the place of the site where codes are entered by hand. */
function RedeemAtSite({ entry: { row } }: { entry: GlanceEntry }) {
  const { t } = useTranslation('common')
  const site = useSiteDescription(row.siteType)
  const href = site
    ? (pageOf(site, row.origin, 'redeem') ?? pageOf(site, row.origin, 'topUp'))
    : null
  if (href === null) return null
  return (
    <span className="mt-1">
      <LinkButton size="s" external href={href}>
        {t('action.open-site')}
      </LinkButton>
    </span>
  )
}

const MARKS = {
  redeemed: { icon: CircleCheck, tone: 'text-good' },
  used: { icon: CircleSlash, tone: 'text-text-3' },
  expired: { icon: CircleSlash, tone: 'text-text-3' },
  invalid: { icon: CircleSlash, tone: 'text-text-3' },
  refused: { icon: TriangleAlert, tone: 'text-attention' },
  limited: { icon: TriangleAlert, tone: 'text-attention' },
  failed: { icon: TriangleAlert, tone: 'text-attention' },
  'needs-you': { icon: OctagonAlert, tone: 'text-bad' },
  unknown: { icon: CircleDashed, tone: 'text-unknown' },
  waiting: { icon: Clock, tone: 'text-text-3' },
} as const

/** The sentence beside it says the same. */
function StateMark({ state }: { state: CodeState }) {
  if (state === 'sending') {
    return (
      <span className="mt-0.5 flex">
        <ProgressRing />
      </span>
    )
  }
  const { icon: Icon, tone } = MARKS[state]
  return <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
}
