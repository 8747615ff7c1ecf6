import { type SubmitEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { GatewayKind, GatewayView } from '@/src/domain/export-record'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SecretField } from '../../components/secret-field'
import { SelectField } from '../../components/select-field'
import { SidePanel } from '../../components/side-panel'
import { TextField } from '../../components/text-field'
import { CheckBox } from '../../components/check-box'
import { GatewayFailure } from '../exports/gateway-failure'
import { GATEWAY_EXAMPLES, type GatewayFieldsHandle, useGatewayForm } from './use-gateway-form'

interface Props {
  /** Absent: a new one. */
  gateway?: GatewayView
  onClose: () => void
}

/** Adds a gateway or changes one. Its management key goes in and never comes out again. */
export function GatewayPanel({ gateway, onClose }: Props) {
  const { t } = useTranslation('exports')
  const formId = useId()
  const form = useGatewayForm(gateway, onClose)
  const { values } = form

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    form.save(event.currentTarget)
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      title={gateway ? t('gateways.edit-named', { name: gateway.name }) : t('gateways.add')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} busy={form.busy}>
            {t('gateways.save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Fields form={form} hasSecret={gateway?.hasSecret === true} />
        <p className="text-12 text-text-2">{t('gateways.access-before')}</p>
        {form.refused && (
          <Notice tone="attention" title={t('gateways.refused-title')}>
            {t('gateways.refused-save')}
          </Notice>
        )}
        {form.failure && <GatewayFailure failure={form.failure} name={values.name} />}
      </form>
    </SidePanel>
  )
}

const KINDS = Object.keys(GATEWAY_EXAMPLES) as GatewayKind[]

function Fields({ form, hasSecret }: { form: GatewayFieldsHandle; hasSecret: boolean }) {
  const { t } = useTranslation('exports')
  const { values, errors, change } = form
  return (
    <>
      <SelectField
        label={t('field.kind.label')}
        name="kind"
        value={values.kind}
        onChange={(kind) => {
          change({ kind })
        }}
        options={KINDS.map((value) => ({ value, label: t(`gateway-kind.${value}`) }))}
      />
      <TextField
        label={t('field.gatewayName.label')}
        help={t('field.gatewayName.help')}
        name="name"
        value={values.name}
        onChange={(name) => {
          change({ name })
        }}
      />
      <TextField
        label={t('field.address.label')}
        help={t(`gateways.address-help.${values.kind}`)}
        name="address"
        required
        inputMode="url"
        placeholder={GATEWAY_EXAMPLES[values.kind]}
        error={errors.address}
        value={values.address}
        onChange={(address) => {
          change({ address })
        }}
      />
      <SecretField
        label={t('field.secret.label')}
        help={t(hasSecret ? 'gateways.secret-kept' : `gateways.secret-help.${values.kind}`)}
        name="secret"
        error={errors.secret}
        disabled={values.removeSecret}
        value={values.secret}
        onChange={(secret) => {
          change({ secret })
        }}
      />
      {hasSecret && (
        <CheckBox
          label={t('gateways.secret-remove')}
          name="removeSecret"
          checked={values.removeSecret}
          onChange={(removeSecret) => {
            change({ removeSecret })
          }}
        />
      )}
    </>
  )
}
