import { afterEach, beforeEach, vi } from 'vitest'

/**
 * What jsdom lacks and our components stand on: sizes (lists only render what fits), the top
 * layer, and observers. Call at the top of a test file.
 */
export function fillDomGaps(): void {
  beforeEach(() => {
    // The real one takes the whole test page down.
    vi.spyOn(window, 'close').mockReturnValue()
    vi.stubGlobal('ResizeObserver', SilentObserver)
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(heightOf)
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(480)
    vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockImplementation(contentHeightOf)
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400)
    Object.assign(HTMLElement.prototype, { showPopover: () => undefined, scrollTo: scrollOf })
    Object.assign(HTMLDialogElement.prototype, {
      showModal(this: HTMLDialogElement) {
        this.setAttribute('open', '')
      },
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
}

class SilentObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Rows are 48 px, everything that could scroll is 480 px. */
function heightOf(this: HTMLElement): number {
  return this.getAttribute('role') === 'listitem' ? 48 : 480
}

/** A list states the height of its content. */
function contentHeightOf(this: Element): number {
  const content = this.firstElementChild
  return content instanceof HTMLElement ? Number.parseInt(content.style.height, 10) || 480 : 480
}

function scrollOf(this: HTMLElement, to: ScrollToOptions): void {
  this.scrollTop = to.top ?? 0
  this.dispatchEvent(new Event('scroll'))
}
