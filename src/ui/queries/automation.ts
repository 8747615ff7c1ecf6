import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import type { AutomationSettings } from '@/src/domain/automation-settings'
import { type Result, settle } from '@/src/domain/failure'
import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

/** First part of every query about what runs by itself, but for check-ins, codes and the journal. */
const AUTOMATION_KEY = ['automation'] as const

export function automationQuery() {
  return queryOptions({
    queryKey: [...AUTOMATION_KEY, 'settings'],
    queryFn: () => fetchFromWorker('automation.settings', {}),
  })
}

/** Services notices can go to; nothing secret is in it. */
export function channelsQuery() {
  return queryOptions({
    queryKey: [...AUTOMATION_KEY, 'channels'],
    queryFn: () => fetchFromWorker('notices.channels', {}),
  })
}

/** Whole sections of the settings. */
export type AutomationEdit = Partial<AutomationSettings>

/**
 * Stores sections; shows them at once and takes them back should they not be stored. Never rejects.
 */
export function useAutomationUpdate(): (edit: AutomationEdit) => Promise<Result<unknown>> {
  const client = useQueryClient()
  const { queryKey } = automationQuery()
  const show = (edit: AutomationEdit) => {
    client.setQueryData(queryKey, (now) => now && { ...now, ...edit })
  }
  const { mutateAsync } = useMutation({
    mutationKey: queryKey,
    mutationFn: (edit: AutomationEdit) => fetchFromWorker('automation.set', { edit }),
    // One after the other: the last choice must also be the last one stored.
    scope: { id: 'automation' },
    onMutate: async (edit) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      show(edit)
      return { before }
    },
    onSuccess: (stored) => {
      // What is still on its way is already shown: an echo of an earlier choice would flicker.
      if (client.isMutating({ mutationKey: queryKey }) === 1) show(stored)
    },
    onError: (_, edit, context) => {
      const sections = Object.entries(context?.before ?? {}).filter(([name]) => name in edit)
      show(Object.fromEntries(sections))
    },
  })
  return (edit) => settle(() => mutateAsync(edit))
}

type NoticeChange = 'notices.save' | 'notices.remove' | 'notices.test'

/** Changes or tries one way of notices and reads the channels again, whatever came of it. */
export function useNoticeChange<Name extends NoticeChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), channelsQuery().queryKey)
}
