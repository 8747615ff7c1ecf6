import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import type { Texts } from '../../text/namespaces'
import { useGatewayText } from '../exports/gateway-failure'

type Reason = keyof Texts['keys']['rotation']['reason']

interface Props {
  failure: Failure
  /** Name of the site or gateway that said so. */
  site: string
}

/** Why a rotation stands still; what the site said itself is added. */
export function RotationFailure({ failure, site }: Props) {
  const { t, i18n } = useTranslation('keys')
  const usual = useGatewayText()(failure, site)
  const field = failure.class === 'input' ? 'limits' : undefined
  const reason = (field ?? failure.reason) as Reason | undefined
  const hasOwn = reason !== undefined && i18n.exists(`rotation.reason.${reason}`, { ns: 'keys' })
  const words = hasOwn
    ? {
        ...usual,
        sentence: t(`rotation.reason.${reason}.sentence`, { site }),
        nextStep: t(`rotation.reason.${reason}.next`, { site }),
      }
    : usual
  return (
    <div className="flex flex-col gap-1">
      <FailureNotice failure={failure} words={words} />
      {failure.detail !== undefined && (
        <p className="text-12 wrap-anywhere text-text-2">
          {t('rotation.site-says', { words: failure.detail })}
        </p>
      )}
    </div>
  )
}
