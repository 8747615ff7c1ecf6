import type { CDPSession, Page } from '@playwright/test'

interface DomNode {
  readonly backendNodeId: number
  readonly nodeName: string
  readonly nodeValue: string
  readonly shadowRootType?: string
  readonly children?: readonly DomNode[]
  readonly shadowRoots?: readonly DomNode[]
}

/**
 * What the extension shows inside somebody else's page, in a closed shadow root: the page and
 * Playwright, which runs in it, see nothing of it. Looked at and pressed as a person does, through
 * the browser.
 */
export class ClosedCard {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async on(page: Page): Promise<ClosedCard> {
    const session = await page.context().newCDPSession(page)
    await session.send('DOM.enable')
    await session.send('Accessibility.enable')
    return new ClosedCard(page, session)
  }

  /** Everything that stands in it; `''` = there is none. */
  async text(): Promise<string> {
    const roots = await this.roots()
    return roots.map((root) => textIn(root)).join(' ')
  }

  /** Presses a button with the mouse. */
  async press(name: string): Promise<void> {
    const inside = new Set((await this.roots()).flatMap((root) => idsIn(root)))
    const { nodes } = await this.session.send('Accessibility.getFullAXTree')
    const button = nodes.find(
      ({ role, name: label, backendDOMNodeId }) =>
        role?.value === 'button' &&
        label?.value === name &&
        backendDOMNodeId !== undefined &&
        inside.has(backendDOMNodeId),
    )
    if (!button?.backendDOMNodeId) throw new Error(`the card has no button ${name}`)
    const { model } = await this.session.send('DOM.getBoxModel', {
      backendNodeId: button.backendDOMNodeId,
    })
    const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border
    await this.page.mouse.click((left + right) / 2, (top + bottom) / 2)
  }

  private async roots(): Promise<DomNode[]> {
    const { root } = await this.session.send('DOM.getDocument', { depth: -1, pierce: true })
    return closedIn(root)
  }
}

function closedIn(node: DomNode): DomNode[] {
  const { shadowRoots = [], children = [] } = node
  return [
    ...shadowRoots.filter(({ shadowRootType }) => shadowRootType === 'closed'),
    ...children.flatMap(closedIn),
  ]
}

function idsIn({ backendNodeId, children = [] }: DomNode): number[] {
  return [backendNodeId, ...children.flatMap(idsIn)]
}

function textIn({ nodeName, nodeValue, children = [] }: DomNode): string {
  if (nodeName === 'STYLE') return ''
  return nodeName === '#text' ? nodeValue.trim() : children.map(textIn).filter(Boolean).join(' ')
}
