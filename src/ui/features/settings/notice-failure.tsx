import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import { useNoticeText } from '../../text/notice-text'

interface Props {
  failure: Failure
  /** Where the notice was to go. */
  place: string
}

/** Why a notice did not arrive, the service's own words included. */
export function NoticeFailure({ failure, place }: Props) {
  const { t } = useTranslation('automation')
  const words = useNoticeText()(failure, place)
  return (
    <div className="flex flex-col gap-1">
      <FailureNotice failure={failure} words={words} />
      {failure.detail !== undefined && (
        <p className="text-12 wrap-anywhere text-text-2">
          {t('service-says', { place, words: failure.detail })}
        </p>
      )}
    </div>
  )
}
