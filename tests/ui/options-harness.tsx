import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { type Failure, type Result, settle } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { complete } from '@/src/domain/metric'
import type { DetectedSite, Recognised, Recognition } from '@/src/domain/recognition'
import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import type { SiteDescription } from '@/src/domain/site-description'
import {
  type AccountDetails,
  envelopeSchema,
  type InputOf,
  type MessageName,
  type OutputOf,
} from '@/src/messaging/protocol'
import { AccountDetails as Details } from '@/src/ui/features/accounts/account-details'
import { AccountsPage } from '@/src/ui/features/accounts/accounts-page'
import { useListChoices } from '@/src/ui/features/accounts/list-choices'
import { AddAccount } from '@/src/ui/features/account-form/add-account'
import { EditAccount } from '@/src/ui/features/account-form/edit-account'
import { CredentialsPlace } from '@/src/ui/features/credentials/credentials-place'
import { useCredentialChoices } from '@/src/ui/features/credentials/list-choices'
import { CheckInPage } from '@/src/ui/features/check-in/check-in-page'
import { ImportPage } from '@/src/ui/features/import/import-page'
import { JournalPage } from '@/src/ui/features/journal/journal-page'
import { KeysPlace } from '@/src/ui/features/keys/keys-place'
import { ModelsPage } from '@/src/ui/features/models/models-page'
import { NeedsYouPage } from '@/src/ui/features/needs-you/needs-you-page'
import { RedeemPage } from '@/src/ui/features/redeem/redeem-page'
import { SitesPage } from '@/src/ui/features/sites/sites-page'
import { SettingsPage } from '@/src/ui/features/settings/settings-page'
import { OptionsApp } from '@/src/ui/features/shell/options-app'
import { showLanguage } from '@/src/ui/text/i18n'

import './support/patience'

export function detailsOf(of: GlanceRow, change: Partial<AccountDetails> = {}): AccountDetails {
  return {
    row: of,
    notes: '',
    createdAtMs: 1,
    snapshot: { id: of.id, failuresInRow: 0 },
    automation: { refresh: true, checkIn: true, lowBalanceUsd: null, checkInUrl: '' },
    hasAccessToken: of.authMode === 'token',
    accessGranted: true,
    ...change,
  }
}

export const recognition: Recognition = {
  draftId: 'draft_1',
  origin: 'https://api.nova.example',
  siteType: 'new-api',
  generation: 'g1b',
  evidence: [
    { sign: 'response-header', detail: 'X-New-Api-Version' },
    { sign: 'status-fields', detail: '_qn' },
  ],
  siteName: 'Nova',
  userId: '42',
  username: 'alice',
  balance: complete(6_170_000),
  quotaPerUnit: 500_000,
  exchangeRate: 7.3,
  ways: ['browser-login', 'paste-token', 'new-token'],
  unit: 'points',
  existing: [],
}

/** What looking at a site ended with: a login, or the software alone and why not more. */
export const found = (recognised: Recognition): Recognised => ({
  detected: recognised,
  recognition: recognised,
})

export const stopped = (failure: Failure, detected: DetectedSite | null = null): Recognised => ({
  detected,
  recognition: null,
  failure,
})

interface Envelope {
  readonly name: string
  readonly input: unknown
}

const siteAt = (
  type: SiteDescription['type'],
  label: string,
  userId: SiteDescription['userId'],
  change: Partial<SiteDescription> = {},
): SiteDescription => ({
  type,
  label,
  userId,
  authModes: ['token', 'cookie'],
  unit: 'points',
  capabilities: ['today-use', 'access-token'],
  endpoints: { chat: '', responses: '', anthropic: '', google: '' },
  routes: { login: '/login', profile: '/me', keys: '/k', usageLog: '/l', topUp: '/t' },
  ...change,
})

/** What the worker answers; `raise` inside an answer becomes the reply. */
export type Answers = {
  [Name in MessageName]?: (input: InputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>
}

const DEFAULTS: Answers = {
  'app.boot': () => ({
    settings: { ...DEFAULT_SETTINGS, language: 'en' },
    job: null,
  }),
  'accounts.glance': () => ({ rows: [], damaged: [] }),
  'refresh.progress': () => null,
  'refresh.start': () => ({ jobId: `job_${'0'.repeat(32)}` }),
  'sites.describe': () => [
    siteAt('new-api', 'New API', 'needed'),
    siteAt('one-api', 'One API', 'from-token'),
    siteAt('sub2api', 'Sub2API', 'from-token', { authModes: ['session'], unit: 'usd' }),
    siteAt('open-router', 'OpenRouter', 'from-token', {
      authModes: ['token'],
      unit: 'usd',
      hosted: {
        origin: 'https://openrouter.ai',
        webOrigin: 'https://openrouter.ai',
        hosts: ['openrouter.ai', 'www.openrouter.ai'],
      },
    }),
  ],
  'sites.openTab': () => ({ tabId: 7 }),
  'accounts.edit': () => ({}),
  'accounts.remove': () => ({}),
  'storage.removeDamaged': () => ({}),
  'credentials.list': () => [],
  'tags.list': () => [],
  'gateways.list': () => [],
  'automation.settings': () => DEFAULT_AUTOMATION,
  'notices.channels': () => [],
  'warnings.list': () => [],
}

/** Shows the options page at `hash`, in front of a worker that gives these answers. */
export async function openPage(hash: string, given: Answers = {}) {
  const worker = await standInForWorker(given)
  location.hash = hash
  const { client } = showUi(
    <OptionsApp
      screens={{
        accounts: AccountsPage,
        accountDetails: Details,
        addAccount: AddAccount,
        editAccount: EditAccount,
        keys: KeysPlace,
        credentials: CredentialsPlace,
        models: ModelsPage,
        plain: {
          'needs-you': NeedsYouPage,
          'check-in': CheckInPage,
          redeem: RedeemPage,
          journal: JournalPage,
          import: ImportPage,
          sites: SitesPage,
          settings: SettingsPage,
        },
      }}
    />,
  )
  return { ...worker, client }
}

/** Shows one part of the options page by itself, in front of a worker that gives these answers. */
export async function openPart(part: ReactNode, given: Answers = {}) {
  const worker = await standInForWorker(given)
  return { ...worker, ...showUi(part) }
}

function showUi(ui: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return { client, ...render(<QueryClientProvider client={client}>{ui}</QueryClientProvider>) }
}

/** Answers in place of the worker and of the browser, and keeps what was asked. */
async function standInForWorker(given: Answers) {
  cleanup()
  fakeBrowser.reset()
  standInForLayout()
  useListChoices.setState(useListChoices.getInitialState())
  useCredentialChoices.setState(useCredentialChoices.getInitialState())
  const answers: Answers = { ...DEFAULTS, ...given }
  const sent: { name: string; input: unknown }[] = []
  fakeBrowser.runtime.onMessage.addListener((message: unknown) => {
    const envelope = envelopeSchema.parse(message)
    sent.push(envelope)
    return reply(answers, envelope)
  })
  const request = vi.fn(() => Promise.resolve(true))
  const contains = vi.fn(() => Promise.resolve(true))
  Object.assign(fakeBrowser.permissions, { request, contains })
  await showLanguage('en', [
    'common',
    'failures',
    'late-failures',
    'shell',
    'accounts',
    'account-form',
    'needs-you',
    'import',
    'sites',
    'settings',
    'keys',
    'credentials',
    'checks',
    'exports',
    'check-in',
    'redeem',
    'journal',
    'automation',
  ])
  return {
    user: userEvent.setup(),
    /** Inputs of the messages of that name, in order. */
    sent: (name: MessageName) => sent.filter((one) => one.name === name).map(({ input }) => input),
    request,
    contains,
  }
}

/** Presses a button of the panel that is open beside the list. */
export async function press(
  { user }: Pick<Awaited<ReturnType<typeof openPage>>, 'user'>,
  name: string,
): Promise<void> {
  const panel = await screen.findByRole('complementary')
  await user.click(await within(panel).findByRole('button', { name }))
}

function reply(answers: Answers, message: Envelope): Promise<Result<unknown>> {
  const answer = answers[message.name as MessageName] as ((input: unknown) => unknown) | undefined
  if (!answer) throw new Error(`The test gives no answer to ${message.name}`)
  return settle(() => Promise.resolve().then(() => answer(message.input)))
}

/** jsdom lays nothing out and has neither modal dialogs nor popovers. */
function standInForLayout(): void {
  const size = { configurable: true, get: () => 800 }
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', size)
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', size)
  HTMLElement.prototype.scrollTo = () => undefined
  HTMLElement.prototype.showPopover = () => undefined
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
}
