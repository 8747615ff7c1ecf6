import { type SubmitEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { ChannelKind } from '@/src/domain/notice'
import type { OutputOf } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { SecretField } from '../../components/secret-field'
import { SidePanel } from '../../components/side-panel'
import { TextField } from '../../components/text-field'
import { useNoticeText } from '../../text/notice-text'
import { siteLabel } from '../../view/matching'
import { CHANNEL_FIELDS } from './channel-fields'
import { NoticeFailure } from './notice-failure'
import { type ChannelFormHandle, useChannelForm } from './use-channel-form'

export type ChannelView = OutputOf<'notices.channels'>[number]

interface Props {
  kind: ChannelKind
  /** Absent: none is stored. */
  channel: ChannelView | undefined
  onClose: () => void
}

/** Sets a channel up or anew. What is stored goes in and never comes out again. */
export function ChannelPanel({ kind, channel, onClose }: Props) {
  const { t } = useTranslation('automation')
  const formId = useId()
  const place = t(`place.${kind}`)
  const form = useChannelForm({
    kind,
    enabled: channel?.enabled ?? true,
    isStored: channel !== undefined,
    onSaved: onClose,
  })
  const { failure } = form
  const isAtField = CHANNEL_FIELDS[kind].some(({ name }) => name === failure?.field)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    form.save(event.currentTarget)
  }

  return (
    <SidePanel
      open
      onClose={onClose}
      title={t(channel ? 'channel.change-title' : 'channel.set-up-title', { place })}
      footer={
        <>
          <Button onClick={onClose}>{t('channel.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} busy={form.busy}>
            {t(channel ? 'save' : 'channel.save-on')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={submit}
        onBlur={form.leave}
        noValidate
        className="flex flex-col gap-4"
      >
        {channel && <Notice tone="info">{t('channel.stored')}</Notice>}
        <Fields kind={kind} place={place} form={form} isStored={channel !== undefined} />
        <p role="status" className="text-12 text-text-2 empty:hidden">
          {form.origin !== undefined && t('channel.sends-to', { site: siteLabel(form.origin) })}
        </p>
        {form.isRefused && (
          <Notice tone="attention" title={t('channel.refused-title')}>
            {t('channel.refused-save')}
          </Notice>
        )}
        {failure && !isAtField && <NoticeFailure failure={failure} place={place} />}
      </form>
    </SidePanel>
  )
}

interface FieldsProps {
  kind: ChannelKind
  place: string
  form: ChannelFormHandle
  isStored: boolean
}

function Fields({ kind, place, form, isStored }: FieldsProps) {
  const { t } = useTranslation('automation')
  const words = useNoticeText()
  const { failure } = form
  return CHANNEL_FIELDS[kind].map(({ name, words: of, isSecret, isRequired }) => {
    const Control = isSecret ? SecretField : TextField
    return (
      <Control
        key={name}
        name={name}
        label={t(`field.${of}.label`)}
        help={t(`field.${of}.help`)}
        required={isRequired && !isStored}
        placeholder={isStored ? t('channel.kept') : undefined}
        error={failure?.field === name ? words(failure, place).sentence : undefined}
        value={form.texts[name]}
        onChange={(text) => {
          form.change(name, text)
        }}
      />
    )
  })
}
