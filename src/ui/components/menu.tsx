import { EllipsisVertical, type LucideIcon } from 'lucide-react'
import { useId, useRef, useState } from 'react'

import { IconButton } from './icon-button'
import { MenuList } from './menu-list'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon | undefined
  readonly tone?: 'plain' | 'bad' | undefined
  readonly disabled?: boolean | undefined
  readonly onSelect: () => void
}

interface Props {
  label: string
  icon?: LucideIcon | undefined
  /** Asked for when it opens, where making them is worth sparing in a long list. */
  items: readonly MenuItem[] | (() => readonly MenuItem[])
}

/** A button that opens a list of actions. */
export function Menu({ label, icon = EllipsisVertical, items }: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  /** Which end gets the focus; `null` = closed. */
  const [opened, setOpened] = useState<'first' | 'last' | null>(null)

  function close(): void {
    setOpened(null)
    button.current?.focus()
  }

  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        aria-controls={opened === null ? undefined : id}
        onClick={() => {
          setOpened(opened === null ? 'first' : null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpened(event.key === 'ArrowDown' ? 'first' : 'last')
        }}
      />
      {opened === null ? null : (
        <MenuList
          id={id}
          label={label}
          items={typeof items === 'function' ? items() : items}
          start={opened}
          anchor={button}
          onClose={close}
          onLeave={() => {
            setOpened(null)
          }}
        />
      )}
    </>
  )
}
