import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'
import type { ChannelKind } from '@/src/domain/notice'

import { FailureNotice } from '../../components/failure-notice'
import { channelsQuery } from '../../queries/automation'
import { CHANNEL_KINDS_SHOWN } from './channel-fields'
import { ChannelPanel } from './channel-panel'
import { ChannelRow } from './channel-row'
import { RemoveChannel } from './remove-channel'

interface Open {
  readonly what: 'panel' | 'remove'
  readonly kind: ChannelKind
}

/** Services notices can go to, each with its state. */
export function ChannelList() {
  const { t } = useTranslation('automation')
  const { data: channels, error } = useQuery(channelsQuery())
  const [open, setOpen] = useState<Open | null>(null)
  const channelOf = (kind: ChannelKind) => channels?.find((channel) => channel.kind === kind)
  const close = () => {
    setOpen(null)
  }
  return (
    <div className="flex flex-col gap-2">
      <h3 id="channels" className="text-13 font-semibold">
        {t('channel.title')}
      </h3>
      <p className="text-12 text-text-2">{t('channel.sentence')}</p>
      {error && <FailureNotice failure={failureOf(error)} />}
      {channels && (
        <ul aria-labelledby="channels" className="flex flex-col divide-y divide-line">
          {CHANNEL_KINDS_SHOWN.map((kind) => (
            <ChannelRow
              key={kind}
              kind={kind}
              channel={channelOf(kind)}
              onSetUp={() => {
                setOpen({ what: 'panel', kind })
              }}
              onRemove={() => {
                setOpen({ what: 'remove', kind })
              }}
            />
          ))}
        </ul>
      )}
      {open?.what === 'panel' && (
        <ChannelPanel
          key={open.kind}
          kind={open.kind}
          channel={channelOf(open.kind)}
          onClose={close}
        />
      )}
      {open?.what === 'remove' && <RemoveChannel kind={open.kind} onClose={close} />}
    </div>
  )
}
