import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ChannelKind } from '@/src/domain/notice'
import { requestSiteAccess } from '@/src/platform/site-access'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { Switch } from '../../components/switch'
import { useNoticeChange } from '../../queries/automation'
import { useNoticeText } from '../../text/notice-text'
import { siteLabel } from '../../view/matching'
import type { ChannelView } from './channel-panel'
import { NoticeFailure } from './notice-failure'

interface Props {
  kind: ChannelKind
  /** Absent: none is stored. */
  channel: ChannelView | undefined
  onSetUp: () => void
  onRemove: () => void
}

/** One service: whether notices go there, how the last one went, and what can be done. */
export function ChannelRow({ kind, channel, onSetUp, onRemove }: Props) {
  const { t } = useTranslation('automation')
  const place = t(`place.${kind}`)
  return (
    <li className="flex flex-col gap-2 py-3">
      {channel ? (
        <Stored channel={channel} place={place} onChange={onSetUp} onRemove={onRemove} />
      ) : (
        <div className="flex items-center justify-between gap-3">
          <p>
            <span className="font-medium">{place}</span>{' '}
            <span className="text-12 text-text-2">{t('channel.not-set-up')}</span>
          </p>
          <Button size="s" aria-label={t('channel.set-up-title', { place })} onClick={onSetUp}>
            {t('channel.set-up')}
          </Button>
        </div>
      )}
    </li>
  )
}

interface StoredProps {
  channel: ChannelView
  place: string
  onChange: () => void
  onRemove: () => void
}

function Stored({ channel, place, onChange, onRemove }: StoredProps) {
  const { t } = useTranslation('automation')
  const work = useChannelWork(channel)
  return (
    <>
      <Switch
        label={place}
        help={<State channel={channel} place={place} />}
        checked={channel.enabled}
        onChange={work.switchTo}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          size="s"
          busy={work.isTesting}
          aria-label={t('channel.test-named', { place })}
          onClick={work.test}
        >
          {t('channel.test')}
        </Button>
        <Button size="s" aria-label={t('channel.change-title', { place })} onClick={onChange}>
          {t('channel.change')}
        </Button>
        <Button
          size="s"
          variant="ghost"
          aria-label={t('channel.remove-named', { place })}
          onClick={onRemove}
        >
          {t('channel.remove')}
        </Button>
      </div>
      {work.refused && (
        <Notice tone="attention" title={t('channel.refused-title')}>
          {t(`channel.refused-${work.refused}`)}
        </Notice>
      )}
      {work.failure && <NoticeFailure failure={work.failure} place={place} />}
      {work.isSent && <Notice tone="good">{t('channel.sent', { place })}</Notice>}
    </>
  )
}

/** Where it sends to, and how the last notice went. */
function State({
  channel: { origin, granted, last },
  place,
}: Pick<StoredProps, 'channel' | 'place'>) {
  const { t } = useTranslation('automation')
  const words = useNoticeText()
  return (
    <>
      <p className="wrap-anywhere">
        {[siteLabel(origin), ...(granted ? [] : [t('channel.no-access')])].join(' · ')}
      </p>
      {last && (
        <p className="wrap-anywhere">
          {t(last.failure ? 'channel.last-failed' : 'channel.last-sent')} <Age atMs={last.atMs} />
          {last.failure && <> · {words(last.failure, place).sentence}</>}
        </p>
      )}
    </>
  )
}

/** Switches a channel and tries it. Access is asked for first of all: only a click may ask. */
function useChannelWork({ kind, origin }: ChannelView) {
  const store = useNoticeChange('notices.save')
  const test = useNoticeChange('notices.test')
  const [refused, setRefused] = useState<'switch' | 'test' | null>(null)
  const [isSent, setSent] = useState(false)

  async function askAccess(purpose: 'switch' | 'test'): Promise<boolean> {
    const granted = await requestSiteAccess(origin).catch(() => false)
    setRefused(granted ? null : purpose)
    setSent(false)
    store.reset()
    test.reset()
    return granted
  }

  async function switchTo(enabled: boolean): Promise<void> {
    if (!enabled || (await askAccess('switch'))) await store.run({ kind, enabled })
  }

  async function tryOut(): Promise<void> {
    if (await askAccess('test')) setSent((await test.run({ to: kind })).ok)
  }

  return {
    switchTo: (enabled: boolean) => void switchTo(enabled),
    test: () => void tryOut(),
    isTesting: test.busy,
    failure: store.failure ?? test.failure,
    refused,
    isSent,
  }
}
