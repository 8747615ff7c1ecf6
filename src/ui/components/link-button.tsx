import { ExternalLink } from 'lucide-react'
import type { ComponentProps } from 'react'

import { buttonClass, type ButtonLook } from './button'

interface Props extends Omit<ComponentProps<'a'>, 'className'>, ButtonLook {
  href: string
  /** Leads out of Relaydeck, into a tab of its own. */
  external?: boolean | undefined
}

/** A way on that looks like a button: where it leads can be opened in a tab and copied. */
export function LinkButton({ variant, size, icon, external = false, children, ...rest }: Props) {
  const Icon = icon ?? (external ? ExternalLink : undefined)
  return (
    <a
      {...(external ? { target: '_blank', rel: 'noreferrer' } : {})}
      {...rest}
      className={buttonClass({ variant, size })}
    >
      {Icon && <Icon size={14} aria-hidden className="shrink-0" />}
      {children}
    </a>
  )
}
