import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { ExportRecord } from '@/src/domain/export-record'
import { EXPORTERS } from '@/src/exporters/registry'

import { gatewaysQuery } from '../../queries/exports'
import { hrefOf } from '../shell/route'
import { onlySingly, type Target, TARGET_GROUPS, type TargetGroup, targetsOf } from './targets'
import { useExportWords } from './words'

interface Props {
  drafts: readonly ExportRecord[]
  onPick: (target: Target) => void
}

/** Every target that can use these keys, by what it is. */
export function TargetPicker({ drafts, onPick }: Props) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const singly = onlySingly(EXPORTERS, drafts)
  return (
    <div className="flex flex-col gap-5">
      {TARGET_GROUPS.map((group) => (
        <Group key={group} {...{ group, drafts, onPick }} />
      ))}
      {singly.length > 0 && (
        <p className="text-12 text-text-2">
          {t('only-singly', { targets: singly.map(({ id }) => words.target(id)).join(', ') })}
        </p>
      )}
    </div>
  )
}

function Group({ group, drafts, onPick }: Props & { group: TargetGroup }) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const offered = targetsOf(group, EXPORTERS).filter((exporter) => exporter.offered(drafts))
  const hasGateways = group === 'gateways'
  if (offered.length === 0 && !hasGateways) return null
  return (
    <section>
      <h3 className="mb-1 font-semibold">{t(`group.${group}`)}</h3>
      <ul className="flex flex-col">
        {hasGateways && <Gateways onPick={onPick} />}
        {offered.map(({ id }) => (
          <Row
            key={id}
            name={words.target(id)}
            about={words.about(id)}
            onPick={() => {
              onPick({ kind: 'exporter', id })
            }}
          />
        ))}
      </ul>
    </section>
  )
}

/** The user's own gateways, or where the first one is added. */
function Gateways({ onPick }: Pick<Props, 'onPick'>) {
  const { t } = useTranslation('exports')
  const { data: gateways } = useQuery(gatewaysQuery())
  if (!gateways) return null
  return (
    <>
      {gateways.map(({ id, name, kind }) => (
        <Row
          key={id}
          name={name}
          about={t(`gateway-kind.${kind}`)}
          onPick={() => {
            onPick({ kind: 'gateway', id })
          }}
        />
      ))}
      <li className="px-2 py-1 text-12 text-text-2">
        {t(gateways.length === 0 ? 'gateways.none-yet' : 'gateways.more')}{' '}
        <a className="text-accent underline" href={hrefOf({ page: 'settings' })}>
          {t('gateways.to-settings')}
        </a>
      </li>
    </>
  )
}

interface RowProps {
  name: string
  about: string
  onPick: () => void
}

function Row({ name, about, onPick }: RowProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onPick}
        className="flex w-full items-center gap-2 rounded-control px-2 py-1.5 text-left hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="font-medium">{name}</span>{' '}
          <span className="text-12 text-text-2">{about}</span>
        </span>
        <ChevronRight size={14} aria-hidden className="shrink-0 text-text-3" />
      </button>
    </li>
  )
}
