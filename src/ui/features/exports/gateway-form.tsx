import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ApiType } from '@/src/domain/chat-endpoints'
import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord, GatewayView } from '@/src/domain/export-record'
import { ALL_PROTOCOLS, commonProtocols } from '@/src/exporters/bases'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SelectField } from '../../components/select-field'
import { TextField } from '../../components/text-field'
import { CheckBox } from '../../components/check-box'
import { GatewayFailure } from './gateway-failure'
import { GatewayOutcomes } from './gateway-outcomes'
import { LiveModelsStatus } from './live-models-status'
import { ModelTable } from './model-table'
import { type GatewayOrder, useGatewaySend } from './use-gateway-send'
import { useLiveModels } from './use-live-models'

interface Props {
  gateway: GatewayView
  sources: readonly KeySource[]
  /** Of these sources, as far as they are known. */
  drafts: readonly ExportRecord[]
}

/** Sends keys into one of the user's gateways. */
export function GatewayForm({ gateway, sources, drafts }: Props) {
  const { t } = useTranslation('exports')
  const spoken = commonProtocols(drafts, ALL_PROTOCOLS)
  const [order, setOrder] = useState<GatewayOrder>(() => firstOrder(drafts, spoken))
  const sending = useGatewaySend(gateway, sources)
  const isRouter = gateway.kind === 'claude-code-router'
  const change = (edit: Partial<GatewayOrder>) => {
    sending.reset()
    setOrder((before) => ({ ...before, ...edit }))
  }
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('field.apiType.label')}
        name="apiType"
        value={order.apiType}
        onChange={(apiType) => {
          change({ apiType })
        }}
        options={spoken.map((value) => ({ value, label: t(`api-type.${value}`) }))}
      />
      {sources.length === 1 && (
        <TextField
          label={t('field.providerName.label')}
          help={t('field.providerName.help')}
          name="providerName"
          value={order.providerName}
          placeholder={drafts[0]?.siteName}
          onChange={(providerName) => {
            change({ providerName })
          }}
        />
      )}
      <Models {...{ drafts, order, change }} withAlias={!isRouter} />
      {isRouter && <RouterChoices order={order} change={change} />}
      {sending.refused && (
        <Notice tone="attention" title={t('gateways.refused-title')}>
          {t('gateways.refused-send')}
        </Notice>
      )}
      {sending.failure && <GatewayFailure failure={sending.failure} name={gateway.name} />}
      {sending.sent && <GatewayOutcomes sent={sending.sent} {...{ gateway, drafts }} />}
      <Button
        variant="primary"
        busy={sending.busy}
        onClick={() => {
          sending.send({
            ...order,
            setDefault: isRouter && order.setDefault,
            restart: isRouter && order.restart,
          })
        }}
      >
        {t('action.send', { count: sources.length })}
      </Button>
    </div>
  )
}

interface PartProps {
  order: GatewayOrder
  change: (edit: Partial<GatewayOrder>) => void
}

function Models({
  drafts,
  order,
  change,
  withAlias,
}: PartProps & Pick<Props, 'drafts'> & { withAlias: boolean }) {
  const { t } = useTranslation('exports')
  const [first] = drafts
  if (!first) return null
  return (
    <>
      <ModelPicker {...{ order, change, withAlias }} draft={first} />
      {order.models.length === 0 && (
        <p className="text-12 text-text-2">{t('gateways.needs-models')}</p>
      )}
      <CheckBox
        label={t('gateways.replace-models')}
        name="replaceModels"
        checked={order.replaceModels}
        onChange={(replaceModels) => {
          change({ replaceModels })
        }}
      />
    </>
  )
}

function ModelPicker({
  draft,
  order,
  change,
  withAlias,
}: PartProps & { draft: ExportRecord; withAlias: boolean }) {
  const { t } = useTranslation('exports')
  const live = useLiveModels(draft.source, order.apiType)
  return (
    <>
      <LiveModelsStatus live={live} draft={draft} />
      <ModelTable
        label={t('field.models.label')}
        chosen={order.models}
        offered={live.models ?? draft.modelHint}
        withAlias={withAlias}
        onChange={(models) => {
          change({ models })
        }}
      />
    </>
  )
}

/** What only Claude Code Router has. */
function RouterChoices({ order, change }: PartProps) {
  const { t } = useTranslation('exports')
  return (
    <>
      <CheckBox
        label={t('gateways.set-default')}
        name="setDefault"
        checked={order.setDefault}
        onChange={(setDefault) => {
          change({ setDefault })
        }}
      />
      <CheckBox
        label={t('gateways.restart')}
        name="restart"
        checked={order.restart}
        onChange={(restart) => {
          change({ restart })
        }}
      />
      <Notice tone="attention" title={t('gateways.environment-title')}>
        {t('gateways.environment')}
      </Notice>
    </>
  )
}

function firstOrder(drafts: readonly ExportRecord[], spoken: readonly ApiType[]): GatewayOrder {
  const preferred = drafts[0]?.apiType
  return {
    apiType: spoken.find((type) => type === preferred) ?? spoken[0] ?? 'openai-compatible',
    providerName: '',
    models: [],
    replaceModels: false,
    setDefault: false,
    restart: true,
  }
}
