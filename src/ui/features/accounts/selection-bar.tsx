import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { useSetDisabled } from '../../queries/account-mutations'
import { useRefresh } from '../../queries/refresh'
import { DeleteDialog } from './delete-dialog'
import type { Selection } from '../../components/use-selection'

interface Props {
  selection: Selection
  /** Of the selected accounts, how many search or filter hide. */
  hidden: number
}

/** What can be done with all selected accounts at once. */
export function SelectionBar({ selection, hidden }: Props) {
  const { t } = useTranslation('accounts')
  const { start } = useRefresh()
  const setDisabled = useSetDisabled()
  const [deleting, setDeleting] = useState(false)
  const [failed, setFailed] = useState(0)
  const { rows, clear } = selection
  if (rows.length === 0) return null
  const enabled = rows.filter((row) => !row.disabled).map(({ id }) => id)
  const disabled = rows.filter((row) => row.disabled).map(({ id }) => id)

  async function switchAll(ids: readonly string[], off: boolean): Promise<void> {
    const done = await setDisabled.run({ ids, disabled: off })
    setFailed(done.ok ? done.value.failed : ids.length)
  }

  return (
    <section
      aria-label={t('select.label')}
      className="flex flex-wrap items-center gap-2 rounded-card border border-line-strong bg-raised px-3 py-2"
    >
      <p role="status" className="me-auto">
        <strong className="font-semibold">{t('select.count', { total: rows.length })}</strong>
        {hidden > 0 && <span className="ms-2 text-text-2">{t('select.hidden', { hidden })}</span>}
        {failed > 0 && <span className="ms-2 text-bad">{t('select.failed', { failed })}</span>}
      </p>
      <BulkButton label={t('action.refresh')} ids={enabled} onPress={start} />
      <BulkButton
        label={t('action.enable')}
        ids={disabled}
        onPress={(ids) => void switchAll(ids, false)}
      />
      <BulkButton
        label={t('action.disable')}
        ids={enabled}
        onPress={(ids) => void switchAll(ids, true)}
      />
      <Button
        size="s"
        onClick={() => {
          setDeleting(true)
        }}
      >
        {t('action.delete')}
      </Button>
      <Button size="s" variant="ghost" onClick={clear}>
        {t('select.clear')}
      </Button>
      {deleting && (
        <DeleteDialog
          rows={rows}
          onClose={() => {
            setDeleting(false)
          }}
          onDeleted={clear}
        />
      )}
    </section>
  )
}

interface ButtonProps {
  label: string
  /** The selected accounts the action makes sense for. */
  ids: readonly string[]
  onPress: (ids: readonly string[]) => void
}

function BulkButton({ label, ids, onPress }: ButtonProps) {
  return (
    <Button
      size="s"
      disabled={ids.length === 0}
      onClick={() => {
        onPress(ids)
      }}
    >
      {label}
    </Button>
  )
}
