import { randomBytes } from 'node:crypto'

import { consoleFrame } from '../kit/console-frame'
import { consoleScript } from './console-script'
import type { RelayCore } from './context'
import { publicSettings } from './public-settings'

/** JSON that cannot end the script element it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

/** The answer field a Turnstile widget leaves in the page, good for one login (4.4). */
function turnstileField({ state }: RelayCore): string {
  if (!state.settings.turnstile) return ''
  const token = `turnstile.${randomBytes(16).toString('hex')}`
  state.turnstileTokens.add(token)
  return `<div class="cf-turnstile"><input type="hidden" name="cf-turnstile-response" value="${token}"></div>`
}

/**
 * The single-page front end: a login form, then name and balance. It stores, polls and refreshes
 * as `contracts/sub2api.md` 5 says of the real one. Of its own it has `window.relayPage` and a list
 * of e-mails by user name, so that the shared login form takes either; the API takes e-mails only.
 */
export function consolePage(relay: RelayCore): string {
  const { siteName } = relay.state.settings
  const users = [...relay.state.users.values()].filter(({ username }) => username !== '')
  const config = scriptJson(publicSettings(relay))
  return consoleFrame({
    title: `${siteName} - AI API Gateway`,
    heading: siteName,
    head: relay.isNew ? `<script>window.__APP_CONFIG__=${config};</script>` : '',
    foot: turnstileField(relay),
    script: consoleScript({
      isNew: relay.isNew,
      emails: scriptJson(Object.fromEntries(users.map(({ username, email }) => [username, email]))),
      pollMs: relay.options.page?.pollMs ?? 60_000,
      refreshBeforeMs: relay.options.page?.refreshBeforeMs ?? 120_000,
    }),
  })
}
