import { ChevronRight, OctagonAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import type { RefreshHandle } from '../../queries/refresh'
import { currentLanguage, loadTexts } from '../../text/i18n'
import { CheckInLine } from './check-in-line'
import { openPlace } from './open-pages'
import type { PopupAccounts } from './use-popup-accounts'
import { usePopupAutomation } from './use-popup-automation'

/** With its words, only where there is something to warn of. */
const WarningsLine = lazy(async () => {
  const [{ WarningsLine: Line }] = await Promise.all([
    import('./warnings-line'),
    loadTexts(currentLanguage(), ['needs-you']),
  ])
  return { default: Line }
})

interface Props {
  accounts: PopupAccounts
  refresh: RefreshHandle
}

/** What a person has to know before trusting the figures; nothing when there is nothing. */
export function Notices({ accounts, refresh }: Props) {
  const { t } = useTranslation(['popup', 'common'])
  const { damaged, failure } = accounts
  const automation = usePopupAutomation(accounts.count > 0)
  const interrupted = !failure && refresh.failure?.class === 'interrupted'
  const otherFailure = failure ?? (interrupted ? null : refresh.failure)
  return (
    <div className="flex shrink-0 flex-col gap-2 first:not-empty:pt-3 not-empty:px-3 not-empty:pb-2">
      {otherFailure ? (
        <FailureNotice
          failure={otherFailure}
          action={
            <Button
              size="s"
              onClick={() => {
                if (failure) accounts.readAgain()
                else refresh.start()
              }}
            >
              {t('common:action.retry')}
            </Button>
          }
        />
      ) : null}
      {interrupted ? <Notice tone="attention">{t('silent.text')}</Notice> : null}
      {damaged.length === 0 ? null : (
        <Notice
          tone="attention"
          action={
            <Button size="s" onClick={() => void openPlace('/accounts')}>
              {t('damaged.action')}
            </Button>
          }
        >
          {t('damaged.text', { count: damaged.length })}
        </Notice>
      )}
      <NeedsYou count={accounts.waiting} />
      <Suspense>
        {automation.warnings.length > 0 ? <WarningsLine warnings={automation.warnings} /> : null}
      </Suspense>
      <CheckInLine counts={accounts.checkIn} ready={automation.told} />
    </div>
  )
}

/** One line that leads to the list of what waits for the user. */
function NeedsYou({ count }: { count: number }) {
  const { t } = useTranslation('popup')
  if (count === 0) return null
  return (
    <button
      type="button"
      onClick={() => void openPlace('/needs-you')}
      className="flex h-8 items-center gap-2 rounded-control bg-panel px-3 text-left text-13 hover:bg-hover"
    >
      <OctagonAlert size={14} aria-hidden className="shrink-0 text-bad" />
      <span className="flex-1 truncate">{t('needs-you', { count })}</span>
      <ChevronRight size={14} aria-hidden className="shrink-0 text-text-3" />
    </button>
  )
}
