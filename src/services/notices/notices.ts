import { type Failure, raise, settle } from '@/src/domain/failure'
import type { JournalReason } from '@/src/domain/journal'
import { isStanding, type News, type NewsAccount, toldKey } from '@/src/domain/news'
import type { ChannelKind, Notice } from '@/src/domain/notice'
import type { Language } from '@/src/domain/settings'
import type { Vault } from '@/src/storage/vault'

import type { Chore } from '../automation/agenda-keeper'
import type { Journal } from '../automation/journal'
import type { AutomationSettingsService } from '../automation/settings'
import { type ChannelPorts, type Channels, createChannels } from './channels'
import { digestOf, sampleNotice } from './digest'
import { createQuiet } from './quiet'
import { createRounds, type Destination } from './round'

const HOUR_MS = 3_600_000
/** How long it is remembered that an occasion was told. */
const OCCASION_MS = 48 * HOUR_MS

const NOT_GRANTED: Failure = { class: 'access', reason: 'notifications-not-granted' }

export interface NoticePorts extends ChannelPorts {
  readonly vault: Pick<Vault, 'load' | 'loadAll' | 'write' | 'exclusive'>
  readonly settings: Pick<AutomationSettingsService, 'load'>
  readonly journal: Pick<Journal, 'put' | 'list'>
  /** The user's language, as it is now. */
  readonly language: () => Promise<Language>
  /** The browser's own notifications; showing one fails where the user did not allow them. */
  readonly browser: {
    readonly isGranted: () => Promise<boolean>
    readonly show: (notice: Pick<Notice, 'event' | 'title' | 'message'>) => Promise<void>
  }
}

/** Where news comes from. */
export interface Occasion {
  /** Of a run, say: told once, however often a worker that comes back tells it again. */
  readonly id?: string
  /** For the journal; default: something about accounts changed. */
  readonly why?: JournalReason
}

/** Tells the user what happened, where the user wants to be told, and nothing else. */
export interface Notices {
  readonly channels: Pick<Channels, 'list' | 'save' | 'remove'>
  /**
   * Tells all this as one notice, as far as it is switched on. Never throws: whether somebody was
   * told changes nothing about what happened. Resolves when everything is sent.
   */
  tell(news: readonly News[], occasion?: Occasion): Promise<void>
  /** Whether any of these events would be told somewhere now. */
  wants(events: readonly News['event'][]): Promise<boolean>
  /**
   * Sends a sample to one place, whatever is switched on.
   *
   * @throws as {@link Channels.test}; `access`/`notifications-not-granted` for the browser
   */
  test(to: 'browser' | ChannelKind): Promise<void>
  /** Closes what a dead worker left in the journal; nothing is sent again. */
  readonly chore: Chore
}

export function createNotices(ports: NoticePorts): Notices {
  const { settings, browser, language } = ports
  const channels = createChannels(ports)
  const rounds = createRounds(ports)
  const told = createQuiet(ports.vault, 'notices', ports.now)

  const show = async (notice: Notice): Promise<Failure | null> => {
    const shown = await settle(() => browser.show(notice))
    return shown.ok ? null : shown.failure
  }

  async function destinations(): Promise<Destination[]> {
    const { notices } = await settings.load()
    const places = (await channels.enabled()).map((channel): Destination => {
      const send = (notice: Notice) => channels.send(channel, notice)
      const { kind } = channel.config
      return channels.isResting(channel) ? { id: kind, out: 'resting', send } : { id: kind, send }
    })
    if (!notices.browser) return places
    const isGranted = await browser.isGranted()
    return [{ id: 'browser', send: show, ...(isGranted ? {} : { out: NOT_GRANTED }) }, ...places]
  }

  /** Without accounts that were told of a short while ago. */
  async function unheard(news: readonly News[], cooldownMs: number): Promise<News[]> {
    const standing = news.filter(isStanding)
    const keys = standing.flatMap(({ event, accounts }) =>
      accounts.map(({ id }) => toldKey(event, id)),
    )
    const free = await told.claim(keys, cooldownMs)
    return news.map((one): News => {
      if (!isStanding(one)) return one
      const isNew = ({ id }: NewsAccount) => free.has(toldKey(one.event, id))
      return one.event === 'low-balance'
        ? { event: one.event, accounts: one.accounts.filter(isNew) }
        : { event: one.event, accounts: one.accounts.filter(isNew) }
    })
  }

  async function tell(news: readonly News[], { id, why = 'account' }: Occasion): Promise<void> {
    const { notices, warnings } = await settings.load()
    const wanted = news.filter(({ event }) => notices.events[event])
    // Nobody there: what is told later must not count as told now.
    if (digestOf(wanted, 'en') === null) return
    const places = await destinations()
    if (!places.some(({ out }) => out === undefined)) return
    if (id !== undefined && (await told.claim([`occasion ${id}`], OCCASION_MS)).size === 0) return
    const notice = digestOf(
      await unheard(wanted, warnings.cooldownHours * HOUR_MS),
      await language(),
    )
    if (notice) await rounds.send(places, notice, why)
  }

  return {
    channels,
    tell: async (news, occasion = {}) => {
      await settle(() => tell(news, occasion))
    },
    async wants(events) {
      const { notices } = await settings.load()
      if (!events.some((event) => notices.events[event])) return false
      return notices.browser || (await channels.enabled()).length > 0
    },
    async test(to) {
      const notice = sampleNotice(await language())
      if (to !== 'browser') return channels.test(to, notice)
      if (!(await browser.isGranted())) raise(NOT_GRANTED)
      await browser.show(notice)
    },
    chore: rounds.chore,
  }
}
