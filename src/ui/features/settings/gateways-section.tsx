import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GatewayView } from '@/src/domain/export-record'
import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { gatewaysQuery } from '../../queries/exports'
import { GatewayPanel } from './gateway-panel'
import { GatewayRow } from './gateway-row'
import { RemoveGateway } from './remove-gateway'

type Open =
  { readonly kind: 'add' } | { readonly kind: 'edit' | 'remove'; readonly gateway: GatewayView }

/** Programs of the user's own that take keys over HTTP. */
export function GatewaysSection() {
  const { t } = useTranslation('exports')
  const { data: gateways, error } = useQuery(gatewaysQuery())
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => {
    setOpen(null)
  }
  return (
    <section aria-labelledby="gateways" className="flex flex-col gap-3 border-t border-line pt-6">
      <div className="flex items-center justify-between gap-3">
        <h2 id="gateways" className="text-15 font-semibold">
          {t('gateways.title')}
        </h2>
        <Button
          icon={Plus}
          onClick={() => {
            setOpen({ kind: 'add' })
          }}
        >
          {t('gateways.add')}
        </Button>
      </div>
      <p className="text-text-2">{t('gateways.sentence')}</p>
      {error && <FailureNotice failure={failureOf(error)} />}
      {gateways && gateways.length > 0 && (
        <ul aria-labelledby="gateways" className="flex flex-col divide-y divide-line">
          {gateways.map((gateway) => (
            <GatewayRow
              key={gateway.id}
              gateway={gateway}
              onEdit={() => {
                setOpen({ kind: 'edit', gateway })
              }}
              onRemove={() => {
                setOpen({ kind: 'remove', gateway })
              }}
            />
          ))}
        </ul>
      )}
      {open?.kind === 'add' && <GatewayPanel onClose={close} />}
      {open?.kind === 'edit' && (
        <GatewayPanel key={open.gateway.id} gateway={open.gateway} onClose={close} />
      )}
      {open?.kind === 'remove' && <RemoveGateway gateway={open.gateway} onClose={close} />}
    </section>
  )
}
