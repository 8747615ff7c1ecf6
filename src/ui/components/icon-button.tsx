import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon
  /** What the button does: its accessible name and its tooltip. */
  label: string
}

export function IconButton({ icon: Icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-control text-text-2 transition-colors hover:bg-hover hover:text-text active:bg-pressed disabled:opacity-50 ${className ?? ''}`}
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}
