import { onTestFinished } from 'vitest'

import { createReceiver, type Receiver } from '@/e2e/receivers/receiver'
import { startSite } from '@/e2e/relays/farm'
import type { AutomationSettings } from '@/src/domain/automation-settings'
import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import type { News } from '@/src/domain/news'
import {
  CHANNEL_KINDS,
  type ChannelConfig,
  type ChannelKind,
  type Notice,
} from '@/src/domain/notice'
import type { Language } from '@/src/domain/settings'
import { postText } from '@/src/net/post-text'
import { createAutomationSettings } from '@/src/services/automation/settings'
import { createJournal } from '@/src/services/automation/journal'
import { createNotices, type Notices } from '@/src/services/notices/notices'
import { openVault, type Vault } from '@/src/storage/vault'

import { freshDisk } from '../../support/world'
import { configsAt, NOW } from './samples'

/** A user with a browser, a service of every kind at the other end, and a movable clock. */
export interface NoticeWorld {
  readonly vault: Vault
  readonly notices: Notices
  readonly clock: { nowMs: number }
  readonly receivers: Readonly<Record<ChannelKind, Receiver>>
  readonly origins: Readonly<Record<ChannelKind, string>>
  /** A configuration that leads to the receiver of its kind. */
  configOf(kind: ChannelKind): ChannelConfig
  readonly granted: Set<string>
  /** Origins requests left for. */
  readonly used: string[]
  /** Notifications of the browser. */
  readonly shown: Pick<Notice, 'event' | 'title' | 'message'>[]
  readonly browser: { isGranted: boolean; isBroken: boolean }
  language: Language
  readonly announced: { settings: number; journal: number }
  /** How many requests arrived anywhere. */
  requests(): number
  /** Stores a channel that is on. */
  add(...kinds: ChannelKind[]): Promise<void>
  decide(notices: {
    browser?: boolean
    events?: readonly News['event'][]
    warnings?: Partial<AutomationSettings['warnings']>
  }): Promise<void>
  /** Services of a just-started worker on the same disk. */
  restart(): Notices
}

export async function noticeWorld(): Promise<NoticeWorld> {
  freshDisk()
  const vault = await openVault()
  const clock = { nowMs: NOW }
  const now = () => clock.nowMs
  const started = await Promise.all(CHANNEL_KINDS.map((kind) => startSite(createReceiver(kind))))
  for (const { close } of started) onTestFinished(close)
  const byKind = <T>(pick: (at: number) => T) =>
    Object.fromEntries(CHANNEL_KINDS.map((kind, at) => [kind, pick(at)])) as Record<ChannelKind, T>
  const receivers = byKind((at) => started[at]!.relay)
  const origins = byKind((at) => started[at]!.origin)
  const settings = createAutomationSettings({ vault, now })
  const granted = new Set(Object.values(origins))

  const make = () =>
    createNotices({
      vault,
      settings,
      journal: createJournal({ vault, announce: () => (world.announced.journal += 1), now }),
      language: () => Promise.resolve(world.language),
      browser: {
        isGranted: () => Promise.resolve(world.browser.isGranted),
        show: ({ event, title, message }) => {
          if (world.browser.isBroken) return Promise.reject(new Error('no notifications here'))
          world.shown.push({ event, title, message })
          return Promise.resolve()
        },
      },
      post: (post) => postText(post, { timeoutMs: 1_000 }),
      hasAccess: (origin) => Promise.resolve(granted.has(origin)),
      noteUse: (origin) => world.used.push(origin),
      announce: () => (world.announced.settings += 1),
      now,
    })

  const world: Omit<NoticeWorld, 'notices'> & { notices?: Notices } = {
    vault,
    clock,
    receivers,
    origins,
    configOf: (kind) => configsAt(origins[kind])[kind],
    granted,
    used: [],
    shown: [],
    browser: { isGranted: true, isBroken: false },
    language: 'en',
    announced: { settings: 0, journal: 0 },
    requests: () =>
      Object.values(receivers).reduce((sum, { requests }) => sum + requests.length, 0),
    async add(...kinds) {
      for (const kind of kinds) {
        const config = world.configOf(kind)
        await world.notices?.channels.save({ kind, enabled: true, config })
      }
    },
    async decide({ browser = false, events = [], warnings = {} }) {
      const decided = { ...DEFAULT_AUTOMATION.notices.events }
      for (const event of events) decided[event] = true
      await settings.set({
        notices: { browser, events: decided },
        warnings: { ...DEFAULT_AUTOMATION.warnings, ...warnings },
      })
    },
    restart: make,
  }
  return Object.assign(world, { notices: make() })
}
