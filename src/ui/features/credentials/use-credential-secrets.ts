import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import { type Failure, settle } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'

import { useCopySecret } from '../../components/copy-secret'
import type { CredentialEntry } from './credential-entries'

export interface CredentialSecrets {
  /** Full keys the person wants to see, by credential; gone when the page is left. */
  readonly shown: ReadonlyMap<string, string>
  /** What did not work last. */
  readonly failure: Failure | null
  /** The base address that was copied last; `null` once a key was copied. */
  readonly copiedBase: string | null
  readonly reveal: (id: string) => void
  readonly hide: (id: string) => void
  readonly copyKey: (id: string) => void
  readonly copyBase: (entry: CredentialEntry) => void
  /** Base address and key, one a line. */
  readonly copyBoth: (entry: CredentialEntry) => void
}

/** Showing keys of credentials, and copying what belongs to one. */
export function useCredentialSecrets(): CredentialSecrets {
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map())
  const [failure, setFailure] = useState<Failure | null>(null)
  const [copiedBase, setCopiedBase] = useState<string | null>(null)
  const { copy: write } = useCopySecret()
  const latestWrite = useRef(write)
  useEffect(() => {
    latestWrite.current = write
  })

  const withKey = useCallback(async (id: string, use: (key: string) => void): Promise<void> => {
    setFailure(null)
    setCopiedBase(null)
    const told = await send('credentials.reveal', { id })
    if (told.ok) use(told.value.key)
    else setFailure(told.failure)
  }, [])

  const copyLines = useCallback(async (lines: readonly string[]): Promise<void> => {
    const done = await latestWrite.current(lines)
    if (!done.ok) setFailure(done.failure)
  }, [])

  const actions = useMemo(
    () => ({
      reveal: (id: string) => {
        void withKey(id, (key) => {
          setShown((before) => new Map([...before, [id, key]]))
        })
      },
      hide: (id: string) => {
        setShown((before) => new Map([...before].filter(([one]) => one !== id)))
      },
      copyKey: (id: string) => {
        void withKey(id, (key) => void copyLines([key]))
      },
      copyBoth: ({ id, view }: CredentialEntry) => {
        void withKey(id, (key) => void copyLines([view.decided.baseUrl, key]))
      },
      copyBase: ({ view }: CredentialEntry) => {
        const { baseUrl } = view.decided
        // No secret: it may stay in the clipboard.
        void settle(() => navigator.clipboard.writeText(baseUrl)).then((done) => {
          setFailure(done.ok ? null : { class: 'refused', reason: 'clipboard' })
          setCopiedBase(done.ok ? baseUrl : null)
        })
      },
    }),
    [withKey, copyLines],
  )
  return { shown, failure, copiedBase, ...actions }
}
