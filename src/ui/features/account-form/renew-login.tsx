import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { RenewOutcomeNotice } from './renew-outcome'
import { SignInAgain } from './sign-in-again'
import { useRenewLogin } from './use-renew-login'

/** Renews the login of a stored account that lives by one; accounts by token have none. */
export function RenewLogin({ row }: { row: GlanceRow }) {
  const { t } = useTranslation('account-form')
  const renewing = useRenewLogin(row)
  const [signsIn, setSignsIn] = useState(false)
  const busy = renewing.outcome.kind === 'working'
  if (row.authMode === 'token') return null
  const pageWay = row.authMode === 'session' ? 'page-session' : 'own-cookies'

  return (
    <section aria-label={t('renew.title')} className="flex flex-col gap-3 border-b border-line pb-4">
      <p className="text-12 text-text-2">{t(`renew.help.${row.authMode}`)}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          size="s"
          busy={busy}
          onClick={() => {
            setSignsIn(false)
            void renewing.readPage(pageWay)
          }}
        >
          {t(`renew.${pageWay}`)}
        </Button>
        {row.authMode === 'session' && (
          <Button
            size="s"
            aria-expanded={signsIn}
            onClick={() => {
              renewing.reset()
              setSignsIn(!signsIn)
            }}
          >
            {t('renew.own-session')}
          </Button>
        )}
      </div>
      {signsIn && (
        <SignInAgain
          row={row}
          onSignedIn={(found) => {
            setSignsIn(false)
            void renewing.take(found, 'own-session')
          }}
          onCaptcha={(failure) => {
            setSignsIn(false)
            renewing.fail(failure)
          }}
        />
      )}
      <RenewOutcomeNotice row={row} renewing={renewing} />
    </section>
  )
}
