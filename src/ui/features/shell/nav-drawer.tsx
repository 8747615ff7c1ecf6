import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'

interface Props {
  onClose: () => void
  children: ReactNode
}

/** The pages over the content, for windows without room beside it. Rendered only while open. */
export function NavDrawer({ onClose, children }: Props) {
  const { t } = useTranslation('shell')
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (!ref.current?.open) ref.current?.showModal()
  }, [])
  return (
    <dialog
      ref={ref}
      aria-label={t('nav.label')}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="m-0 h-dvh max-h-none w-64 max-w-[80vw] animate-appear border-e border-line bg-panel text-text"
    >
      <div className="flex min-h-full flex-col px-2 py-3">
        <div className="mb-3 flex items-center justify-between ps-2.5">
          <span className="text-15 font-semibold">{t('product')}</span>
          <IconButton icon={X} label={t('nav.close')} onClick={onClose} />
        </div>
        <nav aria-label={t('nav.label')}>{children}</nav>
      </div>
    </dialog>
  )
}
