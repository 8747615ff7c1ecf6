import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GatewayView } from '@/src/domain/export-record'
import type { OutputOf } from '@/src/messaging/protocol'
import { requestSiteAccess } from '@/src/platform/site-access'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { EXPORTS_KEY } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { GatewayFailure } from '../exports/gateway-failure'

interface Props {
  gateway: GatewayView
  onEdit: () => void
  onRemove: () => void
}

/** One gateway, and whether it can be reached. */
export function GatewayRow({ gateway, onEdit, onRemove }: Props) {
  const { t } = useTranslation('exports')
  const { name, kind, address, hasSecret, granted } = gateway
  const test = useGatewayTest(gateway)
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-60 wrap-anywhere">
          <p className="font-medium">{name}</p>
          <p className="text-12 text-text-2">
            {[
              t(`gateway-kind.${kind}`),
              address,
              t(hasSecret ? 'gateways.has-key' : 'gateways.no-key'),
              ...(granted ? [] : [t('gateways.no-access')]),
            ].join(' · ')}
          </p>
        </div>
        <Button
          size="s"
          busy={test.busy}
          aria-label={t('gateways.test-named', { name })}
          onClick={test.run}
        >
          {t('gateways.test')}
        </Button>
        <Button size="s" aria-label={t('gateways.edit-named', { name })} onClick={onEdit}>
          {t('gateways.edit')}
        </Button>
        <Button
          size="s"
          variant="ghost"
          aria-label={t('gateways.remove-named', { name })}
          onClick={onRemove}
        >
          {t('gateways.remove')}
        </Button>
      </div>
      {test.refused && (
        <Notice tone="attention" title={t('gateways.refused-title')}>
          {t('gateways.refused-test')}
        </Notice>
      )}
      {test.failure && <GatewayFailure failure={test.failure} name={name} />}
      {test.passed && (
        <Notice tone="good" title={t('gateways.works')}>
          {test.passed.version !== null && t('gateways.version', { version: test.passed.version })}
        </Notice>
      )}
    </li>
  )
}

/** One request for each click: a wrong key asked for again and again would lock the address. */
function useGatewayTest({ id, address }: GatewayView) {
  const [passed, setPassed] = useState<OutputOf<'gateways.test'> | null>(null)
  const [refused, setRefused] = useState(false)
  const change = useChange(() => fetchFromWorker('gateways.test', { id }), EXPORTS_KEY)

  async function run(): Promise<void> {
    // First of all: the browser shows its question only inside the click.
    const granted = await requestSiteAccess(new URL(address).origin).catch(() => false)
    setRefused(!granted)
    setPassed(null)
    change.reset()
    if (!granted) return
    const answer = await change.run(null)
    if (answer.ok) setPassed(answer.value)
  }

  return { run: () => void run(), busy: change.busy, failure: change.failure, passed, refused }
}
