import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { ChannelKind } from '@/src/domain/notice'

import { type FailureWords, useFailureText } from './failure-text'

const PLACES = [
  'browser',
  'webhook',
  'telegram',
  'feishu',
  'dingtalk',
  'wecom',
  'ntfy',
] as const satisfies readonly ('browser' | ChannelKind)[]

/** The name of a place notices go to; `undefined` for what is none. */
export function usePlaceName(): (id: string) => string | undefined {
  const { t } = useTranslation('automation')
  return (id) => {
    const place = PLACES.find((one) => one === id)
    return place && t(`place.${place}`)
  }
}

/** Reasons that only notices know. */
const TOLD = [
  'channel-refused',
  'no-permission',
  'notifications-not-granted',
  'malformed-key',
  'malformed-token',
  'no-topic',
  'not-an-origin',
  'placeholder-in-host',
  'channel',
] as const

/** Words for what goes wrong with a notice; other failures have their usual ones. */
export function useNoticeText(): (failure: Failure, place?: string) => FailureWords {
  const { t } = useTranslation('automation')
  const usual = useFailureText()
  return (failure, place) => {
    const words = usual(failure, place)
    const reason = TOLD.find((one) => one === failure.reason)
    if (!reason) return words
    const values = { place: place ?? t('this-place') }
    return {
      ...words,
      sentence: t(`reason.${reason}.sentence`, values),
      nextStep: t(`reason.${reason}.next`, values),
    }
  }
}
