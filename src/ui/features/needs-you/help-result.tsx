import { useTranslation } from 'react-i18next'

import type { HelpOutcome, HelpProgress } from '@/src/domain/help'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { formatCount } from '../../text/format'
import { hostOf } from '../../view/glance-view'

/** How many sites are named before the rest is only counted. */
const NAMED = 5

const OUTCOMES: readonly HelpOutcome[] = ['passed', 'closed', 'gave-up']

interface Props {
  ended: HelpProgress['ended']
  /** Sites that still wait for their check to be passed. */
  toPass: readonly string[]
  onAgain: (origins: readonly string[]) => void
  onDismiss: () => void
}

/** How help ended, site by site where it did not succeed. */
export function HelpResult({ ended, toPass, onAgain, onDismiss }: Props) {
  const { t, i18n } = useTranslation('needs-you')
  const open = ended.filter(({ outcome }) => outcome !== 'passed')
  const again = open.map(({ origin }) => origin).filter((origin) => toPass.includes(origin))
  const counts = OUTCOMES.flatMap((outcome) => {
    const { length } = ended.filter((one) => one.outcome === outcome)
    return length > 0
      ? [t(`result.${outcome}`, { number: formatCount(length, i18n.language) })]
      : []
  })
  return (
    <Notice
      tone={open.length > 0 ? 'attention' : 'good'}
      title={counts.join(' · ')}
      action={
        <>
          {again.length > 0 && (
            <Button
              size="s"
              onClick={() => {
                onAgain(again)
              }}
            >
              {t('result.again')}
            </Button>
          )}
          <Button size="s" variant="ghost" onClick={onDismiss}>
            {t('result.dismiss')}
          </Button>
        </>
      }
    >
      {open.length > 0 && (
        <ul>
          {open.slice(0, NAMED).map(({ origin, outcome }) => (
            <li key={origin}>
              <span className="font-medium">{hostOf(origin)}</span>{' '}
              <span className="text-text-2">
                {t(outcome === 'closed' ? 'why.closed' : 'why.gave-up')}
              </span>
            </li>
          ))}
          {open.length > NAMED && (
            <li className="text-text-2">
              {t('entry.more', { number: formatCount(open.length - NAMED, i18n.language) })}
            </li>
          )}
        </ul>
      )}
    </Notice>
  )
}
