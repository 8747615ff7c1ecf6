import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { settle, type Result } from '@/src/domain/failure'
import { DEFAULT_SETTINGS, type Settings } from '@/src/domain/settings'

import { fetchFromWorker } from './fetcher'

export const SETTINGS_KEY = ['settings'] as const

/** The settings; a page has them from its boot on. */
export function settingsQuery() {
  return queryOptions({
    queryKey: SETTINGS_KEY,
    queryFn: async () => (await fetchFromWorker('app.boot', {})).settings,
  })
}

export interface SettingsHandle {
  readonly settings: Settings
  /** Shows the change at once and takes it back should it not be stored. Never rejects. */
  readonly update: (edit: Partial<Settings>) => Promise<Result<Settings>>
}

export function useSettings(): SettingsHandle {
  const client = useQueryClient()
  const { data: settings = DEFAULT_SETTINGS } = useQuery(settingsQuery())
  const { mutateAsync } = useMutation({
    mutationKey: SETTINGS_KEY,
    mutationFn: (edit: Partial<Settings>) => fetchFromWorker('settings.set', { edit }),
    // One after the other: the last choice must also be the last one stored.
    scope: { id: 'settings' },
    onMutate: (edit) => {
      const before = client.getQueryData(settingsQuery().queryKey) ?? DEFAULT_SETTINGS
      client.setQueryData(settingsQuery().queryKey, { ...before, ...edit })
      return { before }
    },
    onError: (_, edit, context) => {
      if (!context) return
      const undone = Object.keys(edit).map((key) => [key, context.before[key as keyof Settings]])
      client.setQueryData(settingsQuery().queryKey, (now: Settings | undefined) => ({
        ...(now ?? context.before),
        ...(Object.fromEntries(undone) as Partial<Settings>),
      }))
    },
  })
  return { settings, update: (edit) => settle(() => mutateAsync(edit)) }
}
