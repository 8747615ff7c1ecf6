import { useMemo, useRef } from 'react'

/** Tags that are being made while the form they belong to is filled in. */
export interface TagMaking {
  /** Takes note of one; it resolves with the id, or with `null` when it could not be made. */
  readonly begin: (made: Promise<string | null>) => void
  /** The ids of those still in the making, once all are made; `null` when one could not be. */
  readonly end: () => Promise<readonly string[] | null>
}

/** For a form that is saved: what was typed last must not be left out because it was made slowly. */
export function useTagMaking(): TagMaking {
  const running = useRef(new Set<Promise<string | null>>())
  return useMemo(
    () => ({
      begin: (made) => {
        running.current.add(made)
        void made.then(() => running.current.delete(made))
      },
      end: async () => {
        const ids = await Promise.all(running.current)
        return ids.includes(null) ? null : ids.filter((id) => id !== null)
      },
    }),
    [],
  )
}

/** The same tags with others behind them, none twice. */
export function withTags(tagIds: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...tagIds, ...others])]
}
