import { X } from 'lucide-react'
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from './icon-button'
import { useFocusReturn } from './use-focus-return'

interface Props {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  footer: ReactNode
  /** `bad`: what the dialog asks about cannot be undone. */
  tone?: 'plain' | 'bad' | undefined
}

/** For what must interrupt; everything else belongs in a {@link SidePanel}. */
export function Dialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog({ onClose, title, children, footer, tone = 'plain' }: Props) {
  const { t } = useTranslation('common')
  const titleId = useId()
  const ref = useRef<HTMLDialogElement>(null)
  const pressedOnBackdrop = useRef(false)
  useFocusReturn()
  useEffect(() => {
    if (!ref.current?.open) ref.current?.showModal()
  }, [])

  // A drag that selects text may end outside: only a press that also began there closes.
  function closeOnBackdrop(event: MouseEvent): void {
    if (pressedOnBackdrop.current && event.target === ref.current) onClose()
  }

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onPointerDown={(event) => {
        pressedOnBackdrop.current = event.target === ref.current
      }}
      onClick={closeOnBackdrop}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] animate-appear rounded-card border border-line bg-raised text-text shadow-float"
    >
      <div className="flex max-h-[80vh] flex-col">
        <header className="flex items-center gap-2 py-3 pr-2 pl-4">
          <h2
            id={titleId}
            className={`flex-1 text-15 font-semibold ${tone === 'bad' ? 'text-bad' : ''}`}
          >
            {title}
          </h2>
          <IconButton icon={X} label={t('action.close')} onClick={onClose} />
        </header>
        <div className="min-h-0 overflow-y-auto px-4 pb-4">{children}</div>
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
          {footer}
        </footer>
      </div>
    </dialog>
  )
}
