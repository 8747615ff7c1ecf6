import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GatewayKind, GatewayView } from '@/src/domain/export-record'
import { type Failure, settle } from '@/src/domain/failure'
import { parseGatewayAddress } from '@/src/domain/gateway-address'
import type { InputOf } from '@/src/messaging/protocol'
import { requestSiteAccess } from '@/src/platform/site-access'

import { EXPORTS_KEY } from '../../queries/exports'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { focusField } from '../account-form/focus-field'
import { useGatewayText } from '../exports/gateway-failure'

/** Where each kind listens unless it was told otherwise (`contracts/exports.md 4, 5`). */
export const GATEWAY_EXAMPLES: Readonly<Record<GatewayKind, string>> = {
  'cli-proxy-api': 'http://127.0.0.1:8317',
  'claude-code-router': 'http://127.0.0.1:3456',
}

interface GatewayValues {
  readonly kind: GatewayKind
  readonly name: string
  readonly address: string
  /** `''` with a stored one: that stays. */
  readonly secret: string
  readonly removeSecret: boolean
}

const FIELDS = ['address', 'secret'] as const

type Field = (typeof FIELDS)[number]

export interface GatewayFieldsHandle {
  readonly values: GatewayValues
  /** What is wrong with a field, in words. */
  readonly errors: Partial<Record<Field, string>>
  readonly change: (edit: Partial<GatewayValues>) => void
}

interface GatewayFormHandle extends GatewayFieldsHandle {
  /** To be called in a submit handler, as the browser may have to ask for access. */
  readonly save: (form: HTMLFormElement) => void
  readonly busy: boolean
  /** Why it was not saved, unless a field says so. */
  readonly failure: Failure | null
  /** The browser was not to give access. */
  readonly refused: boolean
}

/** The form for a gateway. Nothing is saved that could not be reached. */
export function useGatewayForm(
  gateway: GatewayView | undefined,
  onSaved: () => void,
): GatewayFormHandle {
  const text = useGatewayText()
  const { t } = useTranslation('exports')
  const [values, setValues] = useState<GatewayValues>(() => valuesOf(gateway))
  const [wrong, setWrong] = useState<Failure | null>(null)
  const [refused, setRefused] = useState(false)
  const [busy, setBusy] = useState(false)
  const change = useChange(
    (input: InputOf<'gateways.save'>) => fetchFromWorker('gateways.save', input),
    EXPORTS_KEY,
  )

  async function save(form: HTMLFormElement): Promise<void> {
    const asked = askAccess(values)
    setRefused(false)
    setWrong(null)
    setBusy(true)
    const granted = await settle(() => asked)
    if (granted.ok && granted.value) {
      const done = await change.run(inputOf(gateway, values))
      if (done.ok) onSaved()
      else refuse(done.failure, form)
    } else if (granted.ok) setRefused(true)
    else refuse(granted.failure, form)
    setBusy(false)
  }

  function refuse(failure: Failure, form: HTMLFormElement): void {
    setWrong(failure)
    focusField(form, fieldOf(failure) ?? '')
  }

  const field = wrong ? fieldOf(wrong) : undefined
  const sentence = wrong ? text(wrong, values.name || t('gateways.this')).sentence : ''
  return {
    values,
    errors: field ? { [field]: sentence } : {},
    change: (edit) => {
      setWrong(null)
      setValues((before) => ({ ...before, ...edit }))
    },
    save: (form) => void save(form),
    busy,
    failure: field ? null : wrong,
    refused,
  }
}

/** Asks before anything else: the browser shows its question only inside the click. */
async function askAccess({ kind, address }: GatewayValues): Promise<boolean> {
  const { origin } = new URL(parseGatewayAddress(kind, address).address)
  return requestSiteAccess(origin).catch(() => false)
}

function fieldOf({ class: kind, field }: Failure): Field | undefined {
  return kind === 'input' ? FIELDS.find((one) => one === field) : undefined
}

function valuesOf(gateway: GatewayView | undefined): GatewayValues {
  return {
    kind: gateway?.kind ?? 'cli-proxy-api',
    name: gateway?.name ?? '',
    address: gateway?.address ?? '',
    secret: '',
    removeSecret: false,
  }
}

function inputOf(
  gateway: GatewayView | undefined,
  { kind, name, address, secret, removeSecret }: GatewayValues,
): InputOf<'gateways.save'> {
  const stays = gateway !== undefined && secret === '' && !removeSecret
  return {
    ...(gateway ? { id: gateway.id } : {}),
    kind,
    name: name.trim(),
    address: address.trim(),
    ...(stays ? {} : { secret: removeSecret ? '' : secret }),
  }
}
