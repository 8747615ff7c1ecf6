import { consoleFrame } from '../kit/console-frame'
import { consoleScript } from './console-script'
import type { VeloeraCore } from './context'
import { issueTurnstileToken } from './state'
import { systemNameOf } from './status-view'

/** The answer field a Turnstile widget leaves in the page (`contracts/veloera.md` 6). */
function turnstileField(core: VeloeraCore): string {
  if (core.options.turnstile !== true) return ''
  const token = issueTurnstileToken(core.state)
  return `<div class="cf-turnstile"><input type="hidden" name="cf-turnstile-response" value="${token}"></div>`
}

/** The single-page front end; its title as sent is the same on every site (2). */
export function consolePage(core: VeloeraCore): string {
  return consoleFrame({
    title: 'Veloera',
    heading: systemNameOf(core),
    foot: turnstileField(core),
    script: consoleScript(core),
  })
}
