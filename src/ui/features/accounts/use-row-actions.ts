import { useMemo } from 'react'

import type { GlanceRow } from '@/src/domain/glance'

import { useSetDisabled } from '../../queries/account-mutations'
import { useRefresh } from '../../queries/refresh'
import type { RowActions } from './account-row'
import type { Selection } from '../../components/use-selection'

interface Parts {
  onOpen: (id: string) => void
  onEdit: (id: string) => void
  onAskDelete: (row: GlanceRow) => void
  selection: Pick<Selection, 'toggle'>
}

/** The actions of a row, the same object as long as nothing they do changes. */
export function useRowActions({ onOpen, onEdit, onAskDelete, selection }: Parts): RowActions {
  const { start } = useRefresh()
  const { run } = useSetDisabled()
  const { toggle } = selection
  return useMemo(
    () => ({
      open: onOpen,
      edit: onEdit,
      refresh: (id) => {
        start([id])
      },
      setDisabled: (id, disabled) => void run({ ids: [id], disabled }),
      askDelete: onAskDelete,
      toggleSelected: toggle,
    }),
    [onOpen, onEdit, onAskDelete, start, run, toggle],
  )
}
