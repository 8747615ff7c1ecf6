import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { HealthMark } from '../../components/health-mark'
import type { AuditItem, Finding } from '../../view/key-audit'
import { AuditFixes, type FixActions } from './audit-fixes'
import type { KeyEntry } from './key-entries'
import { useExportWords } from '../exports/words'

/** More rows than anybody reads; the rest is shown when it is wanted. */
const SHOWN = 20

interface Props {
  finding: Finding
  /** Keys by their ids. */
  byId: ReadonlyMap<string, KeyEntry>
  fix: FixActions
}

/** One kind of fault: why it matters, and every key that has it. */
export function AuditFinding({ finding, byId, fix }: Props) {
  const { t } = useTranslation('keys')
  const { kind, severity, items, all } = finding
  const [isWhole, setIsWhole] = useState(items.length <= SHOWN)
  const shown = isWhole ? items : items.slice(0, SHOWN)
  const title = t(`audit.finding.${kind}.title`)
  const able = items.flatMap(({ id, fixes }) => {
    const entry = byId.get(id)
    return entry && fixes.some(({ act }) => act === all) ? [entry] : []
  })
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-3">
      <header className="flex flex-wrap items-center gap-2">
        <HealthMark health={severity} label={t(`audit.severity.${severity}`)} />
        <h3 className="font-semibold">{title}</h3>
        <span className="text-text-2 tabular-nums">
          {t('audit.count', { count: items.length })}
        </span>
        {all && (
          <span className="ms-auto">
            <Button
              size="s"
              disabled={fix.busy}
              onClick={() => {
                ;(all === 'disable' ? fix.disable : fix.remove)(able)
              }}
            >
              {t(`audit.all.${all}`, { count: able.length })}
            </Button>
          </span>
        )}
      </header>
      <p className="text-12 text-text-2">{t(`audit.finding.${kind}.sentence`)}</p>
      <ul className="flex flex-col divide-y divide-line">
        {shown.map((item) => (
          <Item key={item.id} item={item} entry={entryIn(byId, item)} fix={fix} />
        ))}
      </ul>
      {!isWhole && (
        <div>
          <Button
            size="s"
            variant="ghost"
            onClick={() => {
              setIsWhole(true)
            }}
          >
            {t('audit.more', { count: items.length - SHOWN })}
          </Button>
        </div>
      )}
    </section>
  )
}

function entryIn(byId: Props['byId'], { row }: AuditItem): KeyEntry | undefined {
  return row && byId.get(`${row.accountId}/${row.id}`)
}

interface ItemProps {
  item: AuditItem
  entry: KeyEntry | undefined
  fix: FixActions
}

function Item({ item, entry, fix }: ItemProps) {
  const { t } = useTranslation('keys')
  const words = useExportWords()
  const { row, entry: exported, places, twins } = item
  const name = (row ? row.name : exported?.keyName) || t('value.no-name')
  const about = [
    entry?.account.name ?? exported?.siteName,
    exported && words.target(exported.destination),
    exported?.stale && t(`audit.stale.${exported.stale}`),
    places !== undefined && t('audit.places', { count: places }),
    twins !== undefined && t('audit.twins', { count: twins }),
  ]
  return (
    <li className="flex flex-wrap items-center gap-2 py-1.5">
      <div className="min-w-40 flex-1 wrap-anywhere">
        <span className="font-medium">{name}</span>{' '}
        <span className="text-12 text-text-2">{about.filter(Boolean).join(' · ')}</span>
      </div>
      <AuditFixes item={item} entry={entry} name={name} fix={fix} />
    </li>
  )
}
