import { useEffect, useEffectEvent, useRef, useState } from 'react'

import { type Failure, type Result, settle } from '@/src/domain/failure'
import type { ChannelConfig, ChannelKind } from '@/src/domain/notice'
import { requestSiteAccess } from '@/src/platform/site-access'

import { useDelayed } from '../../components/use-delayed'
import { useNoticeChange } from '../../queries/automation'
import { fetchFromWorker } from '../../queries/fetcher'
import { focusField } from '../account-form/focus-field'
import { type ChannelField, type ChannelTexts, configOf, NO_TEXTS } from './channel-fields'

/** How long typing must rest before it is asked where that would send to. */
const REST_MS = 300

export interface ChannelFormHandle {
  readonly texts: ChannelTexts
  readonly change: (field: ChannelField, text: string) => void
  /** A field was left. */
  readonly leave: () => void
  /** Where what is typed would send to, as far as that is known. */
  readonly origin: string | undefined
  /** To be called in a submit handler, as the browser may have to ask for access. */
  readonly save: (form: HTMLFormElement) => void
  readonly busy: boolean
  /** Why it was not stored; `field` says where it belongs. */
  readonly failure: Failure | null
  /** The browser was not to give access. */
  readonly isRefused: boolean
}

interface Options {
  readonly kind: ChannelKind
  /** Whether the channel is to be on afterwards. */
  readonly enabled: boolean
  /** One is stored already: nothing typed leaves it as it is. */
  readonly isStored: boolean
  readonly onSaved: () => void
}

/** The form for one channel. Nothing is stored that could not be sent to. */
export function useChannelForm({ kind, enabled, isStored, onSaved }: Options): ChannelFormHandle {
  const [texts, setTexts] = useState(NO_TEXTS)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isRefused, setRefused] = useState(false)
  const [busy, setBusy] = useState(false)
  const store = useNoticeChange('notices.save')
  const isEmpty = Object.values(texts).every((text) => text.trim() === '')
  const config = configOf(kind, texts)
  const { known, look } = useOriginOf(config, isEmpty)

  async function save(form: HTMLFormElement): Promise<void> {
    if (isStored && isEmpty) {
      onSaved()
      return
    }
    setBusy(true)
    setFailure(null)
    setRefused(false)
    // Known beforehand, so that the browser is asked first of all: it shows its question only
    // inside the click.
    const where = known ?? (await look())
    const granted =
      where.ok && enabled ? await requestSiteAccess(where.value.origin).catch(() => false) : true
    if (!where.ok) refuse(where.failure, form)
    else if (granted) {
      const done = await store.run({ kind, enabled, config })
      if (done.ok) onSaved()
      else refuse(done.failure, form)
    } else setRefused(true)
    setBusy(false)
  }

  function refuse(why: Failure, form: HTMLFormElement): void {
    setFailure(why)
    focusField(form, why.field ?? '')
  }

  return {
    texts,
    change: (field, text) => {
      setFailure(null)
      setRefused(false)
      setTexts((before) => ({ ...before, [field]: text }))
    },
    leave: () => {
      if (!known && !isEmpty) void look()
    },
    origin: known?.ok ? known.value.origin : undefined,
    save: (form) => {
      if (!busy) void save(form)
    },
    busy,
    failure,
    isRefused,
  }
}

type Where = Result<{ origin: string }>

/** Where a configuration sends to, asked for while it is typed. Kept by nobody: it is secret. */
function useOriginOf(config: ChannelConfig, isEmpty: boolean) {
  const [answer, setAnswer] = useState<{ key: string; where: Where } | null>(null)
  const key = JSON.stringify(config)
  const latest = useRef(key)
  useEffect(() => {
    latest.current = key
  }, [key])

  async function look(): Promise<Where> {
    const where = await settle(() => fetchFromWorker('notices.originOf', { config }))
    // What was typed meanwhile is another configuration.
    if (latest.current === key) setAnswer({ key, where })
    return where
  }

  const rested = useDelayed(key, REST_MS)
  const lookAtRest = useEffectEvent(() => {
    if (!isEmpty && answer?.key !== key) void look()
  })
  useEffect(() => {
    lookAtRest()
  }, [rested])

  return { known: answer?.key === key ? answer.where : undefined, look }
}
