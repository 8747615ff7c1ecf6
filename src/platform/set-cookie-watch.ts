import { browser, type Browser } from '#imports'

/** How far the browser's report may be behind the answer; it is usually ahead of it. */
const REPORT_DELAY_MS = 1_000

/** Reads the `Set-Cookie` headers of single answers, which scripts do not get to see. */
export interface SetCookieWatch {
  /** To be called before the request to this address, which no other request may use. */
  begin(address: string): Watched
  /** Takes back the listener of a worker that died over a request. */
  reset(): void
}

export interface Watched {
  /** The values, once the answer is here; none if the browser does not report in time. */
  values(): Promise<readonly string[]>
  end(): void
}

type Details = Browser.webRequest.OnHeadersReceivedDetails

export function createSetCookieWatch(): SetCookieWatch {
  const waiting = new Map<string, (values: readonly string[]) => void>()

  function report(details: Details): undefined {
    // A worker of some site could use our addresses as well.
    if (isOurs(details)) waiting.get(details.url)?.(setCookiesOf(details))
  }

  return {
    begin(address) {
      // Only while needed: the browser starts the worker for every request that a listener fits.
      if (waiting.size === 0) listen(report)
      const reported = new Promise<readonly string[]>((resolve) => {
        waiting.set(address, resolve)
      })
      return {
        values() {
          const late = setTimeout(() => waiting.get(address)?.([]), REPORT_DELAY_MS)
          return reported.finally(() => clearTimeout(late))
        },
        end() {
          waiting.delete(address)
          if (waiting.size === 0) stopListening(report)
        },
      }
    },
    reset() {
      if (waiting.size > 0) return
      // The browser takes one back only from a worker that has it.
      listen(report)
      stopListening(report)
    },
  }
}

function isOurs({ initiator }: Details): boolean {
  return initiator === new URL(browser.runtime.getURL('/')).origin
}

function listen(report: (details: Details) => undefined): void {
  browser.webRequest.onHeadersReceived.addListener(
    report,
    { urls: ['http://*/*', 'https://*/*'], types: ['xmlhttprequest'], tabId: -1 },
    ['responseHeaders', 'extraHeaders'],
  )
}

function stopListening(report: (details: Details) => undefined): void {
  browser.webRequest.onHeadersReceived.removeListener(report)
}

function setCookiesOf({ responseHeaders = [] }: Details): string[] {
  return responseHeaders.flatMap(({ name, value }) =>
    name.toLowerCase() === 'set-cookie' && value !== undefined ? [value] : [],
  )
}
