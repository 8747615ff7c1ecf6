import type { NoticeEvent } from '@/src/domain/notice'
import { settle } from '@/src/domain/failure'
import { resolveLanguage } from '@/src/domain/language'
import { OFFER_SLOT, REDEEM_PLACE } from '@/src/domain/offered-codes'
import type { SiteType } from '@/src/domain/site-type'
import { automationProtocol } from '@/src/messaging/automation-protocol'
import type { AppEvent } from '@/src/messaging/protocol'
import { createDesk } from '@/src/messaging/server'
import { postText } from '@/src/net/post-text'
import { showBadge } from '@/src/platform/badge'
import { registerCodeFinder, startCodeFinderIn } from '@/src/platform/code-finder'
import { lastCookieEnd } from '@/src/platform/login-cookies'
import { showNotification } from '@/src/platform/notifications'
import { areNotificationsGranted } from '@/src/platform/notifications-permission'
import { browserLanguage } from '@/src/platform/page-language'
import { openOptions } from '@/src/platform/pages'
import { sessionSlot } from '@/src/platform/session-store'
import { openTab } from '@/src/platform/tabs'
import type { AsAccount } from '@/src/services/as-account'
import { createAgendaKeeper } from '@/src/services/automation/agenda-keeper'
import { createAutoRefresh } from '@/src/services/automation/auto-refresh'
import { createJournal } from '@/src/services/automation/journal'
import { createAutomationSettings } from '@/src/services/automation/settings'
import { createBadge } from '@/src/services/badge/badge'
import { createCheckIns } from '@/src/services/check-in/check-ins'
import { countedWake } from '@/src/services/counted-wake'
import { newsOfRun } from '@/src/services/notices/news-of-run'
import { createNotices } from '@/src/services/notices/notices'
import { createCodeFinder } from '@/src/services/redeem/code-finder'
import { createCodeOffers } from '@/src/services/redeem/offers'
import { createRedeemer } from '@/src/services/redeem/redeemer'
import { createSpaced } from '@/src/services/spaced'
import { createWarnings } from '@/src/services/warnings/warnings'
import type { DailyAdapter } from '@/src/sites/adapter'
import { withDaily } from '@/src/sites/daily-registry'

import { createCodeCards } from './code-cards'
import { checkInHandlers } from './handlers/check-in'
import { journalHandlers } from './handlers/journal'
import { noticeHandlers } from './handlers/notices'
import { redeemHandlers } from './handlers/redeem'
import { automationSettingsHandlers } from './handlers/settings'
import { warningHandlers } from './handlers/warnings'
import type { AutomationPart, AutomationPorts } from './ports'

/** Events about how accounts stand, whoever changed them. */
const STANDING: readonly NoticeEvent[] = ['low-balance', 'login-expired']

/** The composition root of the automation: makes its services and hands each what it needs. */
export function composeAutomation(lent: AutomationPorts): AutomationPart {
  const shared = sharedPorts(lent)
  const { announceOf, language, settings, journal } = shared
  // What is made below may change what is due before the keeper is made itself.
  const replan = () => {
    keeper.replan()
  }
  const ports = { ...lent, ...shared.daily, journal, wake: shared.wake, replan }

  const announce = announceOf('automation')
  const warnings = createWarnings({ ...lent, settings, lastCookieEnd, announce })
  const badge = createBadge({
    ...lent,
    settings,
    currency: async () => (await lent.settings.load()).currency,
    show: showBadge,
  })
  const notices = createNotices({
    ...lent,
    settings,
    journal,
    language,
    post: postText,
    noteUse: lent.siteBook.noteUse,
    browser: { isGranted: areNotificationsGranted, show: showNotification },
    announce,
  })
  const checkIns = createCheckIns({
    ...ports,
    settings: () => settings.load(),
    openTab,
    announce: announceOf('check-in'),
    onEnded: async (entry) => {
      // Who asked for a run sees what comes of it.
      if (entry.why === 'you') return
      const { rows } = await lent.book.glance()
      await notices.tell(newsOfRun(entry, rows), { id: entry.id, why: entry.why })
    },
  })
  const redeemer = createRedeemer(ports)
  const offers = createCodeOffers({
    ...lent,
    slots: { offered: sessionSlot(OFFER_SLOT), pasted: sessionSlot('pasted-codes') },
  })
  const finder = createCodeFinder({
    ...lent,
    register: registerCodeFinder,
    startIn: startCodeFinderIn,
  })
  const autoRefresh = createAutoRefresh({
    ...lent,
    settings: () => settings.load(),
    isRefreshing: shared.isRefreshing,
  })

  const keeper = createAgendaKeeper({
    ...lent,
    chores: [autoRefresh, checkIns, redeemer.chore, finder.chore, notices.chore],
    watches: async () => (await badge.isOn()) || (await notices.wants(STANDING)),
  })

  /** What of the accounts is shown or told outside of our pages. */
  async function tellStanding(): Promise<void> {
    await settle(() => badge.update())
    await settle(async () => {
      // While accounts are being asked, the next of them would make a notice of its own.
      if ((await shared.isRefreshing()) || !(await notices.wants(STANDING))) return
      await notices.tell(await warnings.notable())
    })
  }

  return {
    desk: createDesk(automationProtocol, {
      ...checkInHandlers(checkIns),
      ...redeemHandlers({ offers, redeemer, finder }),
      ...journalHandlers(journal),
      ...automationSettingsHandlers({ settings, badge, replan, announce }),
      ...warningHandlers(warnings),
      ...noticeHandlers(notices, replan),
      'automation.popup': async () => {
        await settle(() => autoRefresh.popupOpened())
        await settle(() => checkIns.popupOpened())
        return { warnings: await warnings.list() }
      },
    }),
    codes: createCodeCards({
      finder,
      offers,
      language,
      openRedeem: () => openOptions(REDEEM_PLACE),
    }),
    async wakeUp() {
      await keeper.wakeUp()
      await tellStanding()
      await journal.prune()
    },
    async accountsChanged() {
      replan()
      await tellStanding()
    },
    accessChanged: () => finder.repair(),
  }
}

/** What several of its services need. */
function sharedPorts(lent: AutomationPorts) {
  const settings = createAutomationSettings(lent)
  const announceOf = (topic: Exclude<AppEvent['topic'], 'settings' | 'job' | 'help'>) =>
    createSpaced(() => {
      lent.announce({ topic })
    })
  return {
    settings,
    announceOf,
    journal: createJournal({ ...lent, announce: announceOf('journal') }),
    language: async () => {
      const { language } = await lent.settings.load()
      return resolveLanguage(language, browserLanguage())
    },
    isRefreshing: async () => {
      const job = await lent.refreshing()
      return job !== null && job.state !== 'done'
    },
    daily: {
      adapterFor: (type: SiteType) => withDaily(lent.adapterFor(type)),
      asAccount: ((accountId, work, signal) =>
        lent.asAccount(
          accountId,
          (site) => work({ ...site, adapter: withDaily(site.adapter) }),
          signal,
        )) satisfies AsAccount<DailyAdapter>,
    },
    wake: countedWake(lent.wake),
  }
}
