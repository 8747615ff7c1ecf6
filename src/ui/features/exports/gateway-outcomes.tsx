import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ExportRecord, GatewayView } from '@/src/domain/export-record'
import { fullName } from '@/src/exporters/names'

import { Notice } from '../../components/notice'
import { isSameSource, sourceId } from '../../view/export-drafts'
import { siteLabel } from '../../view/matching'
import { WayOut } from '../checks/key-failure'
import { useGatewayText } from './gateway-failure'
import type { Sent } from './use-gateway-send'

interface Props {
  sent: Sent
  gateway: GatewayView
  drafts: readonly ExportRecord[]
}

/** What the gateway did with each key. */
export function GatewayOutcomes({ sent: { outcomes, restarted }, gateway, drafts }: Props) {
  const { t } = useTranslation('exports')
  return (
    <section aria-label={t('result')} className="flex flex-col gap-2">
      <ul className="flex flex-col divide-y divide-line">
        {outcomes.map((outcome) => (
          <Outcome
            key={sourceId(outcome.source)}
            outcome={outcome}
            gateway={gateway}
            draft={drafts.find(({ source }) => isSameSource(source, outcome.source))}
          />
        ))}
      </ul>
      {restarted !== undefined && (
        <Notice tone={restarted ? 'good' : 'attention'}>
          {t(restarted ? 'gateways.restarted' : 'gateways.not-restarted')}
        </Notice>
      )}
    </section>
  )
}

interface OutcomeProps {
  outcome: Sent['outcomes'][number]
  gateway: GatewayView
  draft: ExportRecord | undefined
}

function Outcome({ outcome, gateway, draft }: OutcomeProps) {
  const { t } = useTranslation('exports')
  const words = useGatewayText()
  const { result, providerName, failure, source } = outcome
  const isConflict = result === 'conflict'
  const Icon = failure ? OctagonAlert : isConflict ? TriangleAlert : CircleCheck
  const tone = failure ? 'text-bad' : isConflict ? 'text-attention' : 'text-good'
  // Of a plain failure nobody tells whether it was the gateway or the site that was asked for the key.
  const place = draft
    ? t('gateways.or-site', { gateway: gateway.name, site: siteLabel(draft.baseUrl) })
    : gateway.name
  const told = failure && words(failure, isOfGateway(failure.reason) ? gateway.name : place)
  return (
    <li className="flex items-start gap-2 py-1.5">
      <Icon size={14} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1 wrap-anywhere">
        <span className="font-medium">{draft ? fullName(draft) : t('unknown-key')}</span>
        {result && (
          <span>
            {t(`gateway-result.${result}`)}
            {providerName !== undefined && ` · ${providerName}`}
          </span>
        )}
        {told && (
          <span>
            {told.sentence} <span className="text-text-2">{told.nextStep}</span>
          </span>
        )}
        {failure?.detail !== undefined && (
          <span className="text-12 text-text-2">{t('server-says', { words: failure.detail })}</span>
        )}
        {failure && <WayOut failure={failure} source={source} />}
      </div>
    </li>
  )
}

function isOfGateway(reason: string | undefined): boolean {
  return reason?.startsWith('gateway-') ?? false
}
