import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { OwnCookiesRights } from './own-cookies-notice'
import { RenewOutcomeNotice } from './renew-outcome'
import { SignInAgain } from './sign-in-again'
import { type RenewLogin as Renewing, useRenewLogin } from './use-renew-login'

/** Renews the login of a stored account that lives by one; accounts by token have none. */
export function RenewLogin({ row }: { row: GlanceRow }) {
  const { t } = useTranslation('account-form')
  const renewing = useRenewLogin(row)
  if (row.authMode === 'token') return null
  return (
    <section
      aria-label={t('renew.title')}
      className="flex flex-col gap-3 border-b border-line pb-4"
    >
      {row.authMode === 'session' ? (
        <RenewSession row={row} renewing={renewing} />
      ) : (
        <CopyCookies isOwn={row.ownLogin === true} renewing={renewing} />
      )}
      <RenewOutcomeNotice row={row} renewing={renewing} />
    </section>
  )
}

/** A session comes out of the site's open page, or is made by signing in. */
function RenewSession({ row, renewing }: { row: GlanceRow; renewing: Renewing }) {
  const { t } = useTranslation('account-form')
  const [signsIn, setSignsIn] = useState(false)
  const isOwn = row.ownLogin === true
  const read = (
    <Button
      key="read"
      size="s"
      busy={renewing.outcome.kind === 'working'}
      onClick={() => {
        setSignsIn(false)
        void renewing.readPage('page-session')
      }}
    >
      {t(isOwn ? 'renew.read-instead' : 'renew.read-again')}
    </Button>
  )
  const signIn = (
    <Button
      key="sign-in"
      size="s"
      aria-expanded={signsIn}
      onClick={() => {
        renewing.reset()
        setSignsIn(!signsIn)
      }}
    >
      {t(isOwn ? 'renew.sign-in-again' : 'action.sign-in-here')}
    </Button>
  )
  return (
    <>
      <p className="text-12 text-text-2">{t(isOwn ? 'renew.help-own' : 'renew.help-page')}</p>
      <div className="flex flex-wrap gap-2">{isOwn ? [signIn, read] : [read, signIn]}</div>
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
    </>
  )
}

/** What the click gives away is said before it. */
function CopyCookies({ isOwn, renewing }: { isOwn: boolean; renewing: Renewing }) {
  const { t } = useTranslation('account-form')
  const [open, setOpen] = useState(false)
  return (
    <>
      <div>
        <Button
          size="s"
          aria-expanded={open}
          onClick={() => {
            renewing.reset()
            setOpen(!open)
          }}
        >
          {t(isOwn ? 'renew.copy-again' : 'renew.copy-first')}
        </Button>
      </div>
      {open && (
        <>
          <p className="text-12 text-text-2">{t('renew.copy-help')}</p>
          <OwnCookiesRights />
          <div>
            <Button
              busy={renewing.outcome.kind === 'working'}
              onClick={() => void renewing.readPage('own-cookies')}
            >
              {t('renew.copy-now')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
