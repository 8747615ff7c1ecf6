import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

const VARIANT = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  plain: 'border border-line-strong bg-raised text-text hover:bg-hover active:bg-pressed',
  danger: 'bg-bad text-on-accent font-medium hover:opacity-90',
  ghost: 'text-text hover:bg-hover active:bg-pressed',
} as const

const SIZE = { m: 'h-8 px-3 text-13', s: 'h-7 px-2 text-12' } as const

export interface ButtonLook {
  variant?: keyof typeof VARIANT | undefined
  size?: keyof typeof SIZE | undefined
  icon?: LucideIcon | undefined
}

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Work is under way: keeps the focus, takes no clicks. */
  busy?: boolean | undefined
  children: ReactNode
}

export function Button(props: ButtonProps) {
  const { variant = 'plain', size = 'm', icon, busy = false, className, children, ...rest } = props
  const Icon = busy ? LoaderCircle : icon
  return (
    <button
      type="button"
      {...rest}
      onClick={busy ? stop : rest.onClick}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      className={`${buttonClass({ variant, size })} disabled:opacity-50 aria-disabled:opacity-60 ${className ?? ''}`}
    >
      {Icon && (
        <Icon size={16} aria-hidden className={busy ? 'shrink-0 animate-spin' : 'shrink-0'} />
      )}
      {children}
    </button>
  )
}

/** The classes of a button, for links that are to look like one. */
export function buttonClass({ variant = 'plain', size = 'm' }: ButtonLook): string {
  return `inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control whitespace-nowrap transition-colors ${VARIANT[variant]} ${SIZE[size]}`
}

/** A busy submit button must not submit again. */
function stop(event: { preventDefault(): void }): void {
  event.preventDefault()
}
