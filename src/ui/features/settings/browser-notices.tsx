import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import {
  areNotificationsGranted,
  requestNotifications,
} from '@/src/platform/notifications-permission'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { Switch } from '../../components/switch'
import { useNoticeChange } from '../../queries/automation'
import { NoticeFailure } from './notice-failure'

interface Props {
  isOn: boolean
  onSwitch: (on: boolean) => void
}

/** Notifications of the browser itself, which it must allow first. */
export function BrowserNotices({ isOn, onSwitch }: Props) {
  const { t } = useTranslation('automation')
  const permission = usePermission()
  const test = useNoticeChange('notices.test')
  const [isSent, setSent] = useState(false)

  async function switchTo(on: boolean): Promise<void> {
    if (!on) onSwitch(false)
    else if (await permission.ask()) onSwitch(true)
  }

  async function tryOut(): Promise<void> {
    const granted = await permission.ask()
    setSent(false)
    test.reset()
    if (granted) setSent((await test.run({ to: 'browser' })).ok)
  }

  return (
    <div className="flex flex-col gap-2">
      <Switch
        label={t('notices.browser')}
        help={t('notices.browser-help')}
        name="browser"
        checked={isOn}
        onChange={(on) => void switchTo(on)}
      />
      {isOn && (
        <div>
          <Button size="s" busy={test.busy} onClick={() => void tryOut()}>
            {t('notices.test-browser')}
          </Button>
        </div>
      )}
      {permission.isRefused ? (
        <Notice tone="attention" title={t('notices.refused-title')}>
          {t('notices.refused')}
        </Notice>
      ) : (
        isOn &&
        permission.isMissing && (
          <Notice
            tone="attention"
            title={t('notices.taken-back-title')}
            action={
              <Button size="s" onClick={() => void permission.ask()}>
                {t('notices.allow')}
              </Button>
            }
          >
            {t('notices.taken-back')}
          </Notice>
        )
      )}
      {test.failure && <NoticeFailure failure={test.failure} place={t('place.browser')} />}
      {isSent && <Notice tone="good">{t('notices.sent')}</Notice>}
    </div>
  )
}

/** Whether the browser allows notifications, and the way to ask it. */
function usePermission() {
  const { data: isGranted, refetch } = useQuery({
    queryKey: ['notifications-granted'],
    queryFn: areNotificationsGranted,
    // It is taken back in the browser's own pages, of which nobody tells.
    staleTime: 0,
  })
  const [isRefused, setRefused] = useState(false)

  /** To be called first in a click handler: the browser shows its question only then. */
  async function ask(): Promise<boolean> {
    const granted = await requestNotifications().catch(() => false)
    setRefused(!granted)
    void refetch()
    return granted
  }

  return { ask, isRefused, isMissing: isGranted === false }
}
