import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord, GatewayView } from '@/src/domain/export-record'
import type { Exporter } from '@/src/exporters/exporter'
import { fullName } from '@/src/exporters/names'
import { exporterOf } from '@/src/exporters/registry'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { Skeleton } from '../../components/skeleton'
import { useDrafts } from '../../queries/drafts'
import { gatewaysQuery } from '../../queries/exports'
import { uniqueSources } from '../../view/export-drafts'
import { ExportForm } from './export-form'
import { GatewayForm } from './gateway-form'
import { LedgerSection } from './ledger-section'
import { TargetPicker } from './target-picker'
import type { Target } from './targets'
import { useExportWords } from './words'

/** Names of keys that are listed before the rest is only counted. */
const NAMED = 3

/** The choice of a target, its form, and where these keys are already. */
export function ExportBody({ sources: given }: { sources: readonly KeySource[] }) {
  const { t } = useTranslation('exports')
  const sources = useMemo(() => uniqueSources(given), [given])
  const { drafts, loading } = useDrafts(sources)
  const [target, setTarget] = useState<Target | null>(null)
  if (drafts.length === 0) {
    return loading ? <Skeleton /> : <Notice tone="attention">{t('nothing-known')}</Notice>
  }
  return (
    <div className="flex flex-col gap-6">
      <Names drafts={drafts} />
      {target ? (
        <Chosen
          {...{ target, sources, drafts }}
          onBack={() => {
            setTarget(null)
          }}
        />
      ) : (
        <>
          <TargetPicker drafts={drafts} onPick={setTarget} />
          <LedgerSection drafts={drafts} />
        </>
      )}
    </div>
  )
}

function Names({ drafts }: { drafts: readonly ExportRecord[] }) {
  const { t } = useTranslation('exports')
  const rest = drafts.length - NAMED
  return (
    <p className="text-12 wrap-anywhere text-text-2">
      {drafts.slice(0, NAMED).map(fullName).join(', ')}
      {rest > 0 && ` ${t('more', { count: rest })}`}
    </p>
  )
}

interface ChosenProps {
  target: Target
  sources: readonly KeySource[]
  drafts: readonly ExportRecord[]
  onBack: () => void
}

function Chosen({ target, sources, drafts, onBack }: ChosenProps) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const { data: gateways = [] } = useQuery(gatewaysQuery())
  const gateway = gateways.find(({ id }) => target.kind === 'gateway' && id === target.id)
  const exporter = target.kind === 'exporter' ? exporterOf(target.id) : undefined
  return (
    <section className="flex flex-col gap-4">
      <div className="flex items-center gap-2">
        <Button size="s" variant="ghost" icon={ArrowLeft} onClick={onBack}>
          {t('action.other-target')}
        </Button>
        <h3 className="min-w-0 truncate text-15 font-semibold">
          {gateway?.name ?? (exporter && words.target(exporter.id))}
        </h3>
      </div>
      <TargetForm {...{ gateway, exporter, sources, drafts }} />
    </section>
  )
}

interface FormProps extends Pick<ChosenProps, 'sources' | 'drafts'> {
  gateway: GatewayView | undefined
  exporter: Exporter | undefined
}

function TargetForm({ gateway, exporter, sources, drafts }: FormProps) {
  if (gateway) return <GatewayForm {...{ gateway, sources, drafts }} />
  return exporter ? <ExportForm {...{ exporter, sources, drafts }} /> : null
}
