import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LedgerEntry } from '@/src/domain/export-record'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { credentialsQuery } from '../../queries/credentials'
import { gatewaysQuery, ledgerQuery } from '../../queries/exports'
import { useKeyChange } from '../../queries/key-mutations'
import { hostOf } from '../../view/glance-view'
import { useExportWords } from '../exports/words'
import type { KeyEntry } from './key-entries'
import { RotationFailure } from './rotation-failure'
import { SHOWN_STEPS } from './rotation-view'

interface Props {
  title: string
  entry: KeyEntry
  onClose: () => void
}

/** What a rotation will do, and which places it updates. */
export function RotateStart({ title, entry, onClose }: Props) {
  const { t } = useTranslation('keys')
  const start = useKeyChange('rotation.start')
  const places = usePlaces(entry)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { row, can } = entry

  async function begin(): Promise<void> {
    const { gateways = [], byHand = [] } = places ?? {}
    const chosen = gateways.filter(({ id }) => !left.has(id))
    const exportIds = [...chosen, ...byHand].map(({ id }) => id)
    await start.run({ key: { accountId: row.accountId, keyId: row.id }, exportIds })
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            busy={start.busy}
            disabled={places === null}
            onClick={() => void begin()}
          >
            {t('rotation.start')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-text-2">{t('rotation.sentence')}</p>
        {start.failure && (
          <RotationFailure failure={start.failure} site={hostOf(entry.account.origin)} />
        )}
        <ol className="flex list-decimal flex-col gap-1 ps-5">
          {SHOWN_STEPS.map((step) => (
            <li key={step}>{t(`rotation.plan.${step}`)}</li>
          ))}
        </ol>
        {!can.disable && row.status !== 'disabled' && (
          <Notice tone="info">{t('rotation.no-disable')}</Notice>
        )}
        {places ? (
          <Places
            {...places}
            left={left}
            onToggle={(id) => {
              setLeft(new Set(left.has(id) ? [...left].filter((one) => one !== id) : [...left, id]))
            }}
          />
        ) : (
          <Skeleton className="h-10 w-full" />
        )}
      </div>
    </SidePanel>
  )
}

interface Found {
  readonly gateways: readonly { readonly id: string; readonly name: string }[]
  /** Places only the person can update. */
  readonly byHand: readonly LedgerEntry[]
  /** Names of credentials that hold a copy of the key. */
  readonly credentials: readonly string[]
}

/** Where the key is, as far as it is known; `null` until then. */
function usePlaces({ row }: KeyEntry): Found | null {
  const { data: ledger } = useQuery(ledgerQuery())
  const { data: known } = useQuery(gatewaysQuery())
  const { data: credentials } = useQuery(credentialsQuery())
  if (!ledger || !known || !credentials) return null
  const isOwn = ({ source, fingerprint, stale }: LedgerEntry) =>
    stale === undefined &&
    (fingerprint === row.fingerprint ||
      (source.kind === 'key' && source.accountId === row.accountId && source.keyId === row.id))
  const own = ledger.filter(isOwn)
  const nameOf = ({ gatewayId }: LedgerEntry) => known.find(({ id }) => id === gatewayId)?.name
  return {
    gateways: own.flatMap((entry) => {
      const name = nameOf(entry)
      return name === undefined ? [] : [{ id: entry.id, name }]
    }),
    byHand: own.filter((entry) => nameOf(entry) === undefined),
    credentials: credentials.flatMap(({ decided: { link, name } }) =>
      link?.accountId === row.accountId && link.keyId === row.id ? [name] : [],
    ),
  }
}

interface PlacesProps extends Found {
  /** Gateways that are left out. */
  left: ReadonlySet<string>
  onToggle: (id: string) => void
}

function Places({ gateways, byHand, credentials, left, onToggle }: PlacesProps) {
  const { t } = useTranslation('keys')
  const words = useExportWords()
  const others = [...byHand.map(({ destination }) => words.target(destination)), ...credentials]
  return (
    <>
      {gateways.length > 0 && (
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-semibold">{t('rotation.places.updated')}</legend>
          {gateways.map(({ id, name }) => (
            <label key={id} className="flex items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={!left.has(id)}
                onChange={() => {
                  onToggle(id)
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      {others.length > 0 && (
        <section className="flex flex-col gap-1">
          <h3 className="font-semibold">{t('rotation.places.by-hand')}</h3>
          <p className="text-12 text-text-2">{t('rotation.places.by-hand-help')}</p>
          <ul className="list-disc ps-5">
            {others.map((place, at) => (
              <li key={at}>{place}</li>
            ))}
          </ul>
        </section>
      )}
      {gateways.length + others.length === 0 && (
        <p className="text-text-2">{t('rotation.places.none')}</p>
      )}
    </>
  )
}
