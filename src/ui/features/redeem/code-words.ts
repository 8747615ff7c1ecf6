import { useTranslation } from 'react-i18next'

import type { CodeState, RedeemBatchView } from '@/src/domain/redemption'

import { useSettings } from '../../queries/settings'
import { useFailureText } from '../../text/failure-text'
import { formatAmount, formatAmountOf } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'

export type CodeView = RedeemBatchView['codes'][number]

/** Whether sending a code again may do what sending it once did not. */
export function mayRetry({ state }: { readonly state: CodeState }): boolean {
  return state === 'failed' || state === 'limited' || state === 'needs-you'
}

export interface CodeWords {
  /** What became of the code. */
  readonly sentence: string
  /** Why, and what to do; absent = nothing more is to be said. */
  readonly why?: string
  /** What the site itself said. */
  readonly siteSays?: string
}

/** Kinds of credit that have words of their own. */
const KINDS = ['subscription', 'concurrency'] as const

/** What became of a code, in a sentence; amounts as its account counts. */
export function useCodeWords(): (code: CodeView, entry: GlanceEntry | undefined) => CodeWords {
  const { t, i18n } = useTranslation('redeem')
  const { currency } = useSettings().settings
  const failureWords = useFailureText()

  function credit({ amount, unit, kind }: CodeView, entry: GlanceEntry | undefined): string {
    if (amount !== undefined) {
      const counted = unit ?? entry?.row.unit ?? 'points'
      return t('code.redeemed-amount', {
        amount: entry
          ? formatAmountOf(amount, { ...entry.row, unit: counted }, currency, i18n.language)
          : formatAmount(amount, counted === 'usd' ? 'USD' : 'points', i18n.language),
      })
    }
    if (kind === undefined) return t('code.redeemed')
    const known = KINDS.find((one) => one === kind)
    return t('code.redeemed-kind', { kind: known ? t(`kind.${known}`) : kind })
  }

  return (code, entry) => {
    const { state, failure } = code
    if (state === 'redeemed') return { sentence: credit(code, entry) }
    const sentence = t(`code.${state}`)
    if (!failure) return { sentence }
    const siteSays = failure.detail ? { siteSays: failure.detail } : {}
    // The sentence says it, or the site's own words do.
    if (state === 'unknown' || (state === 'refused' && failure.detail)) {
      return { sentence, ...siteSays }
    }
    if (failure.reason === 'turnstile') return { sentence, why: t('code.turnstile') }
    const words = failureWords(failure, entry?.host)
    const isYours = state === 'needs-you'
    return {
      sentence,
      why: isYours ? `${words.sentence} ${words.nextStep}` : words.sentence,
      ...siteSays,
    }
  }
}
