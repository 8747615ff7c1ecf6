import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { NoticeEvent } from '@/src/domain/notice'

import { Notice } from '../../components/notice'
import { Switch } from '../../components/switch'
import { channelsQuery } from '../../queries/automation'
import type { Choose } from './automation-sections'
import { BrowserNotices } from './browser-notices'
import { ChannelList } from './channel-list'
import { Section } from './section'

/** Events that happen. */
const EVENTS = [
  'check-in-finished',
  'check-in-needs-you',
  'low-balance',
  'login-expired',
] as const satisfies readonly NoticeEvent[]

interface Props {
  stored: AutomationSettings['notices']
  onChoose: Choose
}

/** What the user is told of without looking, and where. */
export function NoticesSection({ stored, onChoose }: Props) {
  const { t } = useTranslation('automation')
  const { data: channels } = useQuery(channelsQuery())
  const hasPlace = stored.browser || channels?.some(({ enabled }) => enabled) === true
  const hasEvent = EVENTS.some((event) => stored.events[event])
  return (
    <Section id="notices" title={t('notices.title')} sentence={t('notices.sentence')}>
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend className="mb-2 text-13 font-semibold">{t('notices.events')}</legend>
        {EVENTS.map((event) => (
          <Switch
            key={event}
            label={t(`event.${event}`)}
            name={event}
            checked={stored.events[event]}
            onChange={(on) => {
              onChoose({ notices: { ...stored, events: { ...stored.events, [event]: on } } })
            }}
          />
        ))}
      </fieldset>
      {hasPlace && !hasEvent && <Notice tone="info">{t('notices.no-event')}</Notice>}
      {hasEvent && channels && !hasPlace && <Notice tone="info">{t('notices.no-place')}</Notice>}
      <BrowserNotices
        isOn={stored.browser}
        onSwitch={(browser) => {
          onChoose({ notices: { ...stored, browser } })
        }}
      />
      <ChannelList />
    </Section>
  )
}
