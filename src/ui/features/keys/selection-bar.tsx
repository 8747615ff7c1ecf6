import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { useCopySecret } from '../../components/copy-secret'
import type { Selection } from '../../components/use-selection'
import { copyKeys, switchKeys } from './batch-work'
import type { KeyEntry } from './key-entries'
import type { Batch } from './use-batch'

interface Props {
  selection: Selection<KeyEntry>
  /** Of the selected keys, how many search or filters hide. */
  hidden: number
  batch: Batch
  onRemove: (entries: readonly KeyEntry[]) => void
  onSave: (entries: readonly KeyEntry[]) => void
  onExport: (entries: readonly KeyEntry[]) => void
  /** Creates a key for each of these accounts. */
  onCreateMany: (accountIds: readonly string[]) => void
}

/** What can be done with all selected keys at once. */
export function SelectionBar(props: Props) {
  const { selection, hidden, batch } = props
  const { t } = useTranslation('keys')
  const { copy } = useCopySecret()
  const { rows, clear } = selection
  if (rows.length === 0) return null
  const able = (what: keyof KeyEntry['can']) => rows.filter(({ can }) => can[what])
  const isRunning = batch.progress?.state === 'running'
  const button = (label: string, fitting: readonly KeyEntry[], press: () => void) => (
    <Button size="s" disabled={fitting.length === 0 || isRunning} onClick={press}>
      {label}
    </Button>
  )
  return (
    <section
      aria-label={t('select.label')}
      className="flex flex-wrap items-center gap-2 rounded-card border border-line-strong bg-raised px-3 py-2"
    >
      <p role="status" className="me-auto">
        <strong className="font-semibold">{t('select.count', { count: rows.length })}</strong>
        {hidden > 0 && (
          <span className="ms-2 text-text-2">{t('select.hidden', { count: hidden })}</span>
        )}
      </p>
      {button(t('select.copy'), able('reveal'), () => void batch.start(copyKeys(rows, copy)))}
      {button(t('action.enable'), able('enable'), () => void batch.start(switchKeys(rows, true)))}
      {button(
        t('action.disable'),
        able('disable'),
        () => void batch.start(switchKeys(rows, false)),
      )}
      {button(t('select.save'), able('reveal'), () => {
        props.onSave(rows)
      })}
      {button(t('action.export'), able('reveal'), () => {
        props.onExport(able('reveal'))
      })}
      {button(t('select.create-many'), able('duplicate'), () => {
        props.onCreateMany([...new Set(able('duplicate').map(({ account }) => account.id))])
      })}
      {button(t('action.delete'), able('remove'), () => {
        props.onRemove(rows)
      })}
      <Button size="s" variant="ghost" onClick={clear}>
        {t('select.clear')}
      </Button>
    </section>
  )
}
