import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
} from 'react'

import { useRovingRow } from './use-roving-row'

/** Height of a row, and of the table's head. */
export const ROW_PX = 40

const OVERSCAN = 3
const FIRST_GUESS = { width: 1024, height: 640 }

interface Parts {
  /** Of the rows, in order. */
  keys: readonly string[]
  /** Its row is brought into view whenever it becomes another one. */
  shownKey?: string | null | undefined
  scroller: RefObject<HTMLElement | null>
  body: RefObject<HTMLElement | null>
}

export interface VirtualRows {
  /** The rows that exist now, with their places below the top of the table. */
  readonly places: readonly VirtualItem[]
  readonly heightPx: number
  /** The row the Tab key stops at. */
  readonly stop: number | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/** Which rows of a long table with a sticky head exist, and how the keyboard moves between them. */
export function useVirtualRows({ keys, shownKey, scroller, body }: Parts): VirtualRows {
  const virtual = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // Rows at once, before the browser has told the real size.
    initialRect: FIRST_GUESS,
    // The head takes a row's place at the top, and stays in front of the rows scrolled under it.
    scrollMargin: ROW_PX,
    scrollPaddingStart: ROW_PX,
    getItemKey: (index) => keys[index] ?? index,
  })
  const { stop, onKeyDown, onFocus } = useRovingRow({
    list: body,
    count: keys.length,
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2),
    reveal: (index) => {
      virtual.scrollToIndex(index)
    },
    onEnter: () => {
      // Enter presses the button of the row, which has the focus.
    },
  })
  const showRow = useEffectEvent(() => {
    const index = shownKey == null ? -1 : keys.indexOf(shownKey)
    if (index >= 0) virtual.scrollToIndex(index)
  })
  useEffect(() => {
    showRow()
  }, [shownKey])
  const places = virtual.getVirtualItems()
  return {
    places,
    heightPx: virtual.getTotalSize(),
    // A row that was scrolled away cannot be reached by Tab: another one stands in for it.
    stop: places.some(({ index }) => index === stop)
      ? stop
      : virtual.getVirtualItemForOffset(virtual.scrollOffset ?? 0)?.index,
    onKeyDown,
    onFocus,
  }
}
