import { fakeBrowser } from 'wxt/testing'

interface Rule {
  readonly id: number
  readonly condition: Readonly<Record<string, unknown>> & { readonly urlFilter: string }
  readonly action: { readonly requestHeaders: readonly { readonly value: string }[] }
}

interface Change {
  readonly removeRuleIds?: readonly number[]
  readonly addRules?: readonly Rule[]
}

type Listener = (details: Record<string, unknown>) => void

/** What the browser knows: enough to see which rules and listeners come and go. */
export interface FakeHeaderRules {
  readonly rules: Map<number, Rule>
  readonly listeners: Set<Listener>
  granted: boolean
  cookies: readonly Record<string, unknown>[]
  /** Tells the listeners of an answer, as the browser does ahead of the answer itself. */
  report(url: string, setCookies: readonly string[], initiator?: string): void
}

/** The parts of the extension API that the package's fake browser lacks. */
export function fakeHeaderRules(): FakeHeaderRules {
  const rules = new Map<number, Rule>()
  const listeners = new Set<Listener>()
  const fake: FakeHeaderRules = {
    rules,
    listeners,
    granted: true,
    cookies: [],
    report(url, setCookies, initiator = new URL(fakeBrowser.runtime.getURL('/')).origin) {
      const responseHeaders = setCookies.map((value) => ({ name: 'Set-Cookie', value }))
      for (const listener of listeners) listener({ url, initiator, responseHeaders })
    },
  }
  const updateSessionRules = ({ removeRuleIds = [], addRules = [] }: Change) => {
    for (const id of removeRuleIds) rules.delete(id)
    for (const rule of addRules) {
      if (rules.has(rule.id)) return Promise.reject(new Error('Rule id is taken'))
      rules.set(rule.id, rule)
    }
    return Promise.resolve()
  }
  Object.assign(fakeBrowser.permissions, { contains: () => Promise.resolve(fake.granted) })
  Object.assign(fakeBrowser.declarativeNetRequest, {
    updateSessionRules,
    getSessionRules: () => Promise.resolve([...rules.values()]),
  })
  Object.assign(fakeBrowser.cookies, { getAll: () => Promise.resolve(fake.cookies) })
  Object.assign(fakeBrowser.webRequest.onHeadersReceived, {
    addListener: (listener: Listener) => void listeners.add(listener),
    removeListener: (listener: Listener) => void listeners.delete(listener),
  })
  return fake
}
