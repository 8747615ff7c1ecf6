import type { CodeCard } from '@/src/messaging/codes-channel'

/** How long the card stays when nobody touches it, ms. */
const SHOWN_MS = 30_000

/** The roles of `ui/app/theme.css`; a page of somebody else has none of it. */
const STYLE = `
:host { all: initial !important; position: fixed !important; right: 16px !important; bottom: 16px !important; z-index: 2147483647 !important; }
section { box-sizing: border-box; width: 288px; max-width: calc(100vw - 32px); padding: 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: 0 8px 28px -6px rgb(0 0 0 / 40%); font: 13px/20px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; --raised: #ffffff; --text: #12191b; --line: #c3cdcf; --hover: #edf1f2; --accent: #0b6b80; --on-accent: #ffffff; }
p { margin: 0; font-weight: 600; }
ul { margin: 4px 0 12px; padding: 0; list-style: none; max-height: 100px; overflow: auto; font: 12px/20px ui-monospace, 'Cascadia Mono', 'Noto Sans Mono', monospace; }
div { display: flex; gap: 8px; justify-content: flex-end; }
button { padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { background: var(--hover); }
button:last-child { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
@media (prefers-color-scheme: dark) { section { --raised: #1b2124; --text: #e9eef0; --line: #414c51; --hover: #20272a; --accent: #58b9cf; --on-accent: #04222a; } }
@media print { section { display: none; } }
`

export interface CardActions {
  /** The user pressed the button, by hand. */
  readonly redeem: () => void
  /** The card is gone, for whichever reason. */
  readonly closed: () => void
}

/**
 * Shows the card at the bottom right of the page, out of reach of the page's scripts and styles. It
 * takes no focus; Escape, either button and time make it go.
 *
 * @returns takes it away
 */
export function showCodeCard(words: CodeCard, { redeem, closed }: CardActions): () => void {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
  const ending = new AbortController()
  const timer = setTimeout(close, SHOWN_MS)

  function close(): void {
    if (ending.signal.aborted) return
    ending.abort()
    clearTimeout(timer)
    host.remove()
    closed()
  }

  function button(text: string, act: () => void): HTMLElement {
    const made = element('button', text)
    made.addEventListener('click', (event) => {
      // A script of the page must not be able to press it.
      if (!event.isTrusted) return
      close()
      act()
    })
    return made
  }

  const title = element('p', words.title)
  // Read out without taking the focus.
  title.setAttribute('role', 'alert')
  const codes = element('ul')
  codes.append(...words.masked.map((code) => element('li', code)))
  const buttons = element('div')
  buttons.append(
    button(words.later, () => undefined),
    button(words.redeem, redeem),
  )
  const card = element('section')
  card.lang = words.lang
  card.setAttribute('aria-label', words.title)
  card.append(title, codes, buttons)
  root.append(card)
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && event.isTrusted) close()
  }
  document.addEventListener('keydown', onKey, { capture: true, signal: ending.signal })
  document.documentElement.append(host)
  return close
}

function element(tag: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}
