// @vitest-environment jsdom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'

import { type RenderRow, VirtualList } from '@/src/ui/components/virtual-list'

import { fillDomGaps } from './support/dom-gaps'
import { renderUi, withTexts } from './support/render-ui'

fillDomGaps()
withTexts()

const items = Array.from({ length: 1000 }, (_, index) => `item ${String(index)}`)
const keyOf = (item: string): string => item
const plain: RenderRow<string> = (item) => <span>{item}</span>
const focused = (): string => document.activeElement?.textContent ?? ''

function renderList(given: Partial<Parameters<typeof VirtualList<string>>[0]> = {}) {
  return renderUi(
    <VirtualList
      items={items}
      rowHeight={48}
      renderRow={plain}
      label="Things"
      getKey={keyOf}
      {...given}
    />,
  )
}

describe('VirtualList', () => {
  it('renders what fits, and tells the real length', () => {
    renderList()
    const rows = screen.getAllByRole('listitem')
    expect(rows.length).toBeLessThan(30)
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('1000')
    expect(rows[1]?.getAttribute('aria-posinset')).toBe('2')
    expect(screen.getByRole('list', { name: 'Things' })).toBeTruthy()
  })

  it('is one stop for Tab, and moves inside with the arrows', async () => {
    const user = userEvent.setup()
    renderList()
    await user.tab()
    expect(focused()).toBe('item 0')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(focused()).toBe('item 1')
    expect(document.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
    await user.keyboard('{Home}{ArrowUp}')
    expect(focused()).toBe('item 0')
  })

  it('reaches rows that were not there before', async () => {
    const user = userEvent.setup()
    renderList()
    await user.tab()
    await user.keyboard('{End}')
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(focused()).toBe('item 999')
    await user.keyboard('{PageUp}')
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(focused()).not.toBe('item 999')
  })

  it('activates a row with Enter', async () => {
    const user = userEvent.setup()
    const onActivate = vi.fn()
    renderList({ onActivate })
    await user.tab()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(onActivate).toHaveBeenCalledWith('item 1')
  })

  it('moves between targets inside rows where there are some', async () => {
    const user = userEvent.setup()
    renderList({
      focus: 'target',
      renderRow: (item, { tabIndex }) => (
        <button data-row-target tabIndex={tabIndex}>
          {item}
        </button>
      ),
    })
    await user.tab()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement?.tagName).toBe('BUTTON')
    expect(focused()).toBe('item 1')
  })

  it('does not render a row again whose item and place stay', () => {
    const renderRow = vi.fn(plain)
    const { rerender } = renderList({ renderRow })
    const before = renderRow.mock.calls.length
    rerender(
      <VirtualList
        items={items.with(2, 'changed')}
        rowHeight={48}
        renderRow={renderRow}
        label="Things"
        getKey={keyOf}
      />,
    )
    expect(renderRow.mock.calls.length).toBe(before + 1)
  })
})
