import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

/** Ties a control to its help and its error. */
export interface FieldWiring {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

export interface FieldFrameProps {
  label: string
  help?: ReactNode
  /** What is wrong, in words. */
  error?: string | undefined
  required?: boolean | undefined
}

interface Props extends FieldFrameProps {
  children: (wiring: FieldWiring) => ReactNode
}

/** The look of every text-like control; the error also changes the line, not only its colour. */
export const CONTROL_LOOK =
  'h-8 w-full min-w-0 rounded-control border border-line-strong bg-raised px-2.5 text-13 text-text disabled:opacity-60 aria-invalid:border-bad'

/** Label above, control, error in words next to it, help below. */
export function Field({ label, help, error, required = false, children }: Props) {
  const { t } = useTranslation('common')
  const id = useId()
  const helpId = help ? `${id}-help` : ''
  const errorId = error ? `${id}-error` : ''
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-13 font-medium">
        {label}
        {!required ? null : (
          <span className="text-text-3" title={t('field.required')} aria-hidden>
            {' *'}
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': `${errorId} ${helpId}`.trim() || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error ? (
        <p id={errorId} className="flex items-start gap-1 text-12 text-bad">
          <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
          {error}
        </p>
      ) : null}
      {help ? (
        <div id={helpId} className="text-12 text-text-2">
          {help}
        </div>
      ) : null}
    </div>
  )
}
