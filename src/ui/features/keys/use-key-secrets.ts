import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import type { Failure } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'

import { useCopySecret } from '../../components/copy-secret'
import type { KeyEntry } from './key-entries'

/** A key whose full text is asked for: one of the list, or one that was just made. */
export interface SecretTarget {
  readonly id: string
  readonly row: Pick<KeyEntry['row'], 'accountId' | 'id'>
  readonly account: Pick<KeyEntry['account'], 'origin'>
}

export interface KeySecrets {
  /** Full keys the person wants to see, by entry; gone when the page is left. */
  readonly shown: ReadonlyMap<string, string>
  /** Entries whose key is being fetched. */
  readonly busy: ReadonlySet<string>
  /** Entries whose key was copied. */
  readonly copied: ReadonlySet<string>
  /** What did not work last. */
  readonly failed: { readonly target: SecretTarget; readonly failure: Failure } | null
  readonly reveal: (target: SecretTarget) => void
  readonly hide: (id: string) => void
  readonly copy: (target: SecretTarget) => void
}

type Use = (key: string) => void | Promise<void>

/** Showing and copying full keys. */
export function useKeySecrets(): KeySecrets {
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map())
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [copied, setCopied] = useState<ReadonlySet<string>>(new Set())
  const [failed, setFailed] = useState<KeySecrets['failed']>(null)
  const { copy: write } = useCopySecret()
  const latestWrite = useRef(write)
  useEffect(() => {
    latestWrite.current = write
  })

  const withKey = useCallback(async (target: SecretTarget, use: Use): Promise<void> => {
    setFailed(null)
    setBusy((before) => new Set([...before, target.id]))
    const { accountId, id: keyId } = target.row
    const told = await send('keys.reveal', { key: { accountId, keyId } })
    setBusy((before) => new Set([...before].filter((id) => id !== target.id)))
    if (told.ok) await use(told.value.key)
    else setFailed({ target, failure: told.failure })
  }, [])

  const actions = useMemo(
    () => ({
      reveal: (target: SecretTarget) => {
        void withKey(target, (key) => {
          setShown((before) => new Map([...before, [target.id, key]]))
        })
      },
      hide: (id: string) => {
        setShown((before) => new Map([...before].filter(([one]) => one !== id)))
      },
      copy: (target: SecretTarget) => {
        void withKey(target, async (key) => {
          const done = await latestWrite.current([key])
          if (done.ok) setCopied((before) => new Set([...before, target.id]))
          else setFailed({ target, failure: done.failure })
        })
      },
    }),
    [withKey],
  )
  return { shown, busy, copied, failed, ...actions }
}
