import { findCodes } from '@/src/domain/code-text'
import { askAboutCodes, MOST_FOUND, takeCodes } from '@/src/messaging/codes-channel'

import { showCodeCard } from './code-card'

/** A text that was copied is not looked at again within this time, ms. */
const QUIET_MS = 1_000
/** Of longer selections only the beginning is looked at. */
const LONGEST_TEXT = 20_000
/** Keys that make selections; what is typed makes none. */
const SELECTING = /^(?:shift|a)$/i

/**
 * Looks for redemption codes in what the user selects or copies on this page, and in nothing else:
 * no observers, no walk through the page, no clipboard. What it finds is told to the worker, which
 * decides whether a card is shown. Starting it twice in a page changes nothing.
 */
export function watchForCodes(): void {
  const marker = Symbol.for('relaydeck.find-codes')
  const scope = globalThis as { [marker]?: boolean }
  if (scope[marker]) return
  scope[marker] = true

  const card = createCard()
  const isNew = createMemory()

  /** @param isCopied a copied word may be a code of another form, too */
  function look(event: Event, isCopied: boolean): void {
    if (!event.isTrusted) return
    const text = selectedText()
    if (isNew(text, isCopied)) card.offer(isCopied ? copiedCodes(text) : strictCodes(text))
  }

  const options = { capture: true, passive: true }
  for (const name of ['copy', 'cut']) {
    document.addEventListener(name, (event) => look(event, true), options)
  }
  document.addEventListener('pointerup', (event) => look(event, false), options)
  document.addEventListener(
    'keyup',
    (event) => {
      if (SELECTING.test(event.key)) look(event, false)
    },
    options,
  )
}

/** At most one card; a newer find takes the place of an older one. */
function createCard() {
  let shown = ''
  let close: () => void = () => undefined
  return {
    offer(codes: readonly string[]): void {
      const key = codes.join()
      if (key === '' || key === shown) return
      shown = key
      void askAboutCodes(codes).then((words) => {
        // Something else was found in the meantime.
        if (shown !== key) return
        close()
        shown = words ? key : ''
        if (!words) return
        close = showCodeCard(words, {
          redeem: () => void takeCodes(codes),
          closed: () => {
            if (shown === key) shown = ''
          },
        })
      })
    },
  }
}

/** Tells whether a text has to be looked at: a selection once while it stands, a copy again later. */
function createMemory(): (text: string, isCopied: boolean) => boolean {
  let selected = ''
  let copied = ''
  let copiedAtMs = 0
  return (text, isCopied) => {
    if (!isCopied) {
      const isOther = text !== selected
      selected = text
      return isOther && text !== ''
    }
    const nowMs = Date.now()
    const isAgain = text === copied && nowMs - copiedAtMs < QUIET_MS
    copied = text
    copiedAtMs = nowMs
    return !isAgain && text !== ''
  }
}

/** What is selected; never what stands in a field for passwords. */
function selectedText(): string {
  const field = document.activeElement
  if (field instanceof HTMLInputElement && field.type === 'password') return ''
  return String(getSelection()).slice(0, LONGEST_TEXT)
}

const strictCodes = (text: string) => findCodes(text, { loose: false, most: MOST_FOUND })

/** Words of the right length count where letters and digits mix: others are words. */
function copiedCodes(text: string): string[] {
  const strict = new Set(strictCodes(text))
  const words = findCodes(text, { loose: true, most: MOST_FOUND })
  return words.filter((word) => strict.has(word) || (/[a-z]/i.test(word) && /\d/.test(word)))
}
