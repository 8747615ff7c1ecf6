import { useVirtualizer } from '@tanstack/react-virtual'
import { type Key, memo, type ReactNode, type RefObject, useCallback, useRef } from 'react'

import { useRovingRow } from './use-roving-row'
import { useSettled } from './use-settled'

/** What a row is told about its place. */
export interface RowPlace {
  readonly index: number
  /** For whatever can have the focus in a row: only one row is a stop of the Tab key. */
  readonly tabIndex: 0 | -1
}

export type RenderRow<T> = (item: T, place: RowPlace) => ReactNode

interface Props<T> {
  items: readonly T[]
  /** Height of a row in px; a row that grows is measured. */
  rowHeight: number
  /** What stands above an item in its row from the start, px; none without it. */
  headHeight?: ((item: T) => number) | undefined
  /** Keep it stable: rows are only rendered again when it, their item or their place changes. */
  renderRow: RenderRow<T>
  label: string
  getKey: (item: T) => Key
  className?: string | undefined
  /** Must be the element that scrolls, if that is not the list itself. */
  scrollRef?: RefObject<HTMLElement | null> | undefined
  /**
   * What the arrow keys move between: the rows themselves, or the element in each row that has
   * the attribute `data-row-target` and takes its `tabIndex` from the {@link RowPlace}.
   */
  focus?: 'row' | 'target' | undefined
  /** Enter on a row that has the focus itself. */
  onActivate?: ((item: T) => void) | undefined
}

const OVERSCAN = 2
const FIRST_GUESS = { width: 400, height: 480 }

/** A list of any length that only keeps the rows in view. */
export function VirtualList<T>(props: Props<T>) {
  const { items, rowHeight, headHeight, renderRow, label, getKey } = props
  const { focus = 'row', onActivate } = props
  const own = useRef<HTMLDivElement>(null)
  const scroller = props.scrollRef ?? own
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const item = items[index]
      return rowHeight + (item === undefined ? 0 : (headHeight?.(item) ?? 0))
    },
    overscan: OVERSCAN,
    // Rows at once, before the browser has told the real size.
    initialRect: FIRST_GUESS,
    // React batches; forcing it in the middle of a commit is an error.
    useFlushSync: false,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : getKey(item)
    },
  })
  const roving = useRovingRow({
    list: own,
    count: items.length,
    pageSize: () =>
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1),
    reveal: (index) => {
      virtual.scrollToIndex(index)
    },
    onEnter: (index) => {
      const item = items[index]
      if (item !== undefined) onActivate?.(item)
    },
  })
  const places = virtual.getVirtualItems()
  // A row that was scrolled away cannot be reached by Tab: the first one in view stands in for it.
  const stop = places.some(({ index }) => index === roving.stop)
    ? roving.stop
    : virtual.getVirtualItemForOffset(virtual.scrollOffset ?? 0)?.index
  // Measuring forces a layout of its own; no row has grown before the first paint.
  const settled = useSettled()
  const { measureElement } = virtual
  const measure = useCallback(
    (element: HTMLElement | null) => {
      measureElement(element)
    },
    [measureElement],
  )
  return (
    <div
      ref={own}
      role="list"
      aria-label={label}
      onKeyDown={roving.onKeyDown}
      onFocus={roving.onFocus}
      className={`${props.scrollRef ? '' : 'overflow-y-auto'} ${props.className ?? ''}`}
    >
      <div role="none" className="relative" style={{ height: virtual.getTotalSize() }}>
        {places.map((place) => {
          const item = items[place.index]
          return item === undefined ? null : (
            <Row
              key={place.key}
              item={item}
              index={place.index}
              start={place.start}
              count={items.length}
              isStop={place.index === stop}
              focus={focus}
              render={renderRow as RenderRow<unknown>}
              measure={settled ? measure : null}
            />
          )
        })}
      </div>
    </div>
  )
}

interface RowProps {
  item: unknown
  index: number
  start: number
  count: number
  isStop: boolean
  focus: 'row' | 'target'
  render: RenderRow<unknown>
  measure: ((element: HTMLElement | null) => void) | null
}

const Row = memo(function Row(props: RowProps) {
  const { item, index, start, count, isStop, focus, render, measure } = props
  const tabIndex = isStop ? 0 : -1
  return (
    <div
      ref={measure}
      role="listitem"
      data-index={index}
      aria-setsize={count}
      aria-posinset={index + 1}
      tabIndex={focus === 'row' ? tabIndex : undefined}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${String(start)}px)` }}
    >
      {render(item, { index, tabIndex })}
    </div>
  )
})
