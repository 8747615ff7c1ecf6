const STYLE = `
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1c2733; background: #f3f5f7; }
  main { max-width: 22rem; margin: 12vh auto 0; padding: 2rem; background: #fff;
    border: 1px solid #d9dfe5; border-radius: 10px; }
  h1 { margin: 0 0 1.25rem; font-size: 1.25rem; }
  label { display: block; margin-bottom: .9rem; font-weight: 600; }
  input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem;
    padding: .5rem .6rem; font: inherit; border: 1px solid #b8c2cc; border-radius: 6px; }
  button { padding: .5rem 1.1rem; font: inherit; color: #fff; background: #1f5fbf; border: 0;
    border-radius: 6px; cursor: pointer; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 0 0 1.25rem; }
  dt { color: #5b6875; } dd { margin: 0; font-weight: 600; }
  [role=alert] { color: #a8261c; min-height: 1.5em; margin: .75rem 0 0; }
  [hidden] { display: none; }
`

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

export interface ConsoleFrame {
  /** `<title>` as the server sends it, before any script. */
  readonly title: string
  readonly heading: string
  /** Markup for the head and for the end of the page; trusted, made by the double. */
  readonly head?: string
  readonly foot?: string
  /** Inline script; finds `#login`, `#console`, `#user-name`, `#balance`, `#logout`, `#problem`. */
  readonly script: string
}

/** The single page every double serves as its front end: a login form, then name and balance. */
export function consoleFrame(frame: ConsoleFrame): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(frame.title)}</title>${frame.head ?? ''}
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(frame.heading)}</h1>
<form id="login" hidden>
<label>Username<input name="username" autocomplete="username" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button>Log in</button>
</form>
<section id="console" hidden aria-label="Account">
<dl><dt>User</dt><dd id="user-name"></dd><dt>Balance</dt><dd id="balance"></dd></dl>
<button type="button" id="logout">Log out</button>
</section>
${frame.foot ?? ''}<p role="alert" id="problem"></p></main>
<script>${frame.script}</script></body></html>`
}
