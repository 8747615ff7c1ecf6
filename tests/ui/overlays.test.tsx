// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'

import { Dialog } from '@/src/ui/components/dialog'
import { Menu } from '@/src/ui/components/menu'
import { SidePanel } from '@/src/ui/components/side-panel'

import { fillDomGaps } from './support/dom-gaps'
import { renderUi, withTexts } from './support/render-ui'

fillDomGaps()
withTexts()

describe('Dialog', () => {
  function Page({ onClose }: { onClose?: () => void }) {
    const [open, setOpen] = useState(false)
    return (
      <>
        <button
          onClick={() => {
            setOpen(true)
          }}
        >
          open
        </button>
        <Dialog
          open={open}
          onClose={() => {
            setOpen(false)
            onClose?.()
          }}
          title="Delete?"
          footer={<button>yes</button>}
        >
          <p>gone for good</p>
        </Dialog>
      </>
    )
  }

  it('has its title as name and gives the focus back', async () => {
    const user = userEvent.setup()
    renderUi(<Page />)
    await user.click(screen.getByText('open'))
    const dialog = screen.getByRole('dialog', { name: 'Delete?' })
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(screen.getByText('open'))
  })

  it('closes on a press outside, but not where a text selection ends outside', async () => {
    const user = userEvent.setup()
    const onClose = vi.fn()
    renderUi(<Page onClose={onClose} />)
    await user.click(screen.getByText('open'))
    const dialog = screen.getByRole('dialog')
    fireEvent.pointerDown(screen.getByText('gone for good'))
    fireEvent.click(dialog)
    expect(onClose).not.toHaveBeenCalled()
    fireEvent.pointerDown(dialog)
    fireEvent.click(dialog)
    expect(onClose).toHaveBeenCalledOnce()
  })
})

describe('SidePanel', () => {
  it('closes with Escape unless a dialog lies above it', async () => {
    const user = userEvent.setup()
    const onClose = vi.fn()
    const { rerender } = renderUi(
      <SidePanel open onClose={onClose} title="Details">
        <Dialog open onClose={vi.fn()} title="Sure?" footer={null}>
          {null}
        </Dialog>
      </SidePanel>,
    )
    await user.keyboard('{Escape}')
    expect(onClose).not.toHaveBeenCalled()
    rerender(
      <SidePanel open onClose={onClose} title="Details">
        {null}
      </SidePanel>,
    )
    expect(screen.getByRole('complementary', { name: 'Details' })).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
  })
})

describe('Menu', () => {
  function setup() {
    const chosen = vi.fn()
    const item = (id: string, label: string, disabled = false) => ({
      id,
      label,
      disabled,
      onSelect: () => {
        chosen(id)
      },
    })
    renderUi(
      <Menu
        label="More"
        items={[
          item('a', 'Add'),
          item('o', 'Open', true),
          item('s', 'Settings'),
          item('t', 'Tidy'),
        ]}
      />,
    )
    return { user: userEvent.setup(), chosen, button: screen.getByRole('button', { name: 'More' }) }
  }
  const focused = (): string => document.activeElement?.textContent ?? ''

  it('opens on the first entry; arrows wrap around and skip disabled ones', async () => {
    const { user, button } = setup()
    await user.click(button)
    expect(button.getAttribute('aria-expanded')).toBe('true')
    expect(focused()).toBe('Add')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('Settings')
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(focused()).toBe('Tidy')
    await user.keyboard('{Home}')
    expect(focused()).toBe('Add')
    await user.keyboard('{End}')
    expect(focused()).toBe('Tidy')
  })

  it('goes to the entry whose first letter is typed', async () => {
    const { user, button } = setup()
    await user.click(button)
    await user.keyboard('s')
    expect(focused()).toBe('Settings')
  })

  it('chooses with Enter and returns the focus; Escape chooses nothing', async () => {
    const { user, button, chosen } = setup()
    button.focus()
    await user.keyboard('{ArrowUp}{Enter}')
    expect(chosen).toHaveBeenCalledWith('t')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button)
    await user.keyboard('{ArrowDown}{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button)
    expect(chosen).toHaveBeenCalledOnce()
  })

  it('closes on a press elsewhere', async () => {
    const { user, button } = setup()
    await user.click(button)
    fireEvent.pointerDown(document.body)
    expect(screen.queryByRole('menu')).toBeNull()
  })
})
