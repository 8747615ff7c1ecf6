import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from './icon-button'
import { useFocusReturn } from './use-focus-return'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  footer?: ReactNode
}

/** Details and editing beside the list they belong to, which stays usable. */
export function SidePanel(props: Props) {
  return props.open ? <OpenPanel {...props} /> : null
}

function OpenPanel({ onClose, title, children, footer }: Props) {
  const { t } = useTranslation('common')
  const titleId = useId()
  const ref = useRef<HTMLElement>(null)
  useFocusReturn()
  useCloseOnEscape(onClose)
  useEffect(() => {
    const panel = ref.current
    // A field with autofocus inside has the better claim.
    if (panel && !panel.contains(document.activeElement)) panel.focus()
  }, [])
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="fixed inset-y-0 right-0 z-20 flex w-120 max-w-full animate-appear flex-col border-l border-line bg-raised shadow-float outline-none"
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <h2 id={titleId} className="flex-1 truncate text-15 font-semibold">
          {title}
        </h2>
        <IconButton icon={X} label={t('action.close')} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {footer ? (
        <footer className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
          {footer}
        </footer>
      ) : null}
    </aside>
  )
}

/** Escape closes the top-most thing only: an open dialog or menu takes it first. */
function useCloseOnEscape(onClose: () => void): void {
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    function close(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (document.querySelector('dialog[open]')) return
      latest.current()
    }
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('keydown', close)
    }
  }, [])
}
