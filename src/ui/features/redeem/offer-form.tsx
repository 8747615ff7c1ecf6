import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { CodeOffer } from '@/src/domain/redemption'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { LinkButton } from '../../components/link-button'
import { Notice } from '../../components/notice'
import { useEntries } from '../../queries/entries'
import { useFailureText } from '../../text/failure-text'
import { formatCount } from '../../text/format'
import { siteLabel } from '../../view/matching'
import { focusField } from '../account-form/focus-field'
import { hrefOf } from '../shell/route'
import { AccountChoice } from './account-choice'
import { CodeChoice } from './code-choice'
import { OrderDialog } from './order-dialog'
import { useOfferChoice, useOfferWork } from './use-offer'

interface Props {
  offer: CodeOffer
  /** The offer is redeemed or forgotten. */
  onGone: () => void
}

/** Codes that wait for the user's word: which of them, and where they go. */
export function OfferForm({ offer, onGone }: Props) {
  const { t, i18n } = useTranslation('redeem')
  const titleId = useId()
  const entries = useEntries()
  const choice = useOfferChoice(offer)
  const work = useOfferWork(offer.id, onGone)
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { picks, accountIds, mode } = choice
  const number = formatCount(picks.length, i18n.language)
  const target = accountIds.length === 1 ? entries.get(accountIds[0] ?? '')?.title : undefined
  const isReady = picks.length > 0 && accountIds.length > 0

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    setTried(true)
    if (!isReady) focusField(event.currentTarget, picks.length === 0 ? 'code' : 'account')
    else if (accountIds.length > 1) setAsking(true)
    else void work.start(choice)
  }

  return (
    <section
      aria-labelledby={titleId}
      className="rounded-card border border-line bg-raised px-4 py-3"
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <div>
          <h2 id={titleId} className="text-15 font-semibold">
            {t('offer.title', { count: offer.codes.length })}
          </h2>
          <p className="text-12 text-text-2">
            {offer.origin === undefined
              ? t('offer.pasted')
              : t('offer.from', { site: siteLabel(offer.origin) })}
          </p>
        </div>
        <CodeChoice
          codes={offer.codes}
          picks={picks}
          onChange={choice.setPicks}
          error={isTried && picks.length === 0 ? t('offer.no-code') : undefined}
        />
        {offer.accounts.length === 0 ? (
          <NoAccount />
        ) : (
          <AccountChoice
            accounts={offer.accounts}
            entries={entries}
            choice={choice}
            error={isTried && accountIds.length === 0 ? t('offer.no-account') : undefined}
          />
        )}
        {work.failure && <StartFailure failure={work.failure} />}
        <div className="flex flex-wrap gap-2">
          {offer.accounts.length > 0 && (
            <Button type="submit" variant="primary" busy={work.busy}>
              {target === undefined || mode === 'order'
                ? t('offer.redeem', { count: picks.length, number })
                : t('offer.redeem-at', { count: picks.length, number, account: target })}
            </Button>
          )}
          <Button variant="ghost" onClick={work.drop}>
            {t('offer.forget')}
          </Button>
        </div>
      </form>
      {isAsking && (
        <OrderDialog
          codes={picks.length}
          accounts={accountIds.flatMap((id) => entries.get(id) ?? [])}
          busy={work.busy}
          onClose={() => {
            setAsking(false)
          }}
          onConfirm={() => {
            void work.start(choice).finally(() => {
              setAsking(false)
            })
          }}
        />
      )}
    </section>
  )
}

function NoAccount() {
  const { t } = useTranslation('redeem')
  return (
    <Notice
      tone="attention"
      title={t('no-account.title')}
      action={
        <LinkButton size="s" href={hrefOf({ page: 'accounts', panel: { kind: 'add' } })}>
          {t('no-account.add')}
        </LinkButton>
      }
    >
      {t('no-account.sentence')}
    </Notice>
  )
}

/** Why nothing began. An offer is only held for a while. */
function StartFailure({ failure }: { failure: Failure }) {
  const { t } = useTranslation('redeem')
  const usual = useFailureText()(failure)
  const isGone = failure.class === 'not-found' && failure.reason !== 'account'
  const words = isGone
    ? { ...usual, sentence: t('offer.gone'), nextStep: t('offer.gone-next') }
    : usual
  return <FailureNotice failure={failure} words={words} />
}
