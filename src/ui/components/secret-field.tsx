import { Eye, EyeOff } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { CONTROL_LOOK, Field, type FieldFrameProps } from './field'
import { IconButton } from './icon-button'

interface Props extends FieldFrameProps {
  name: string
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  autoFocus?: boolean | undefined
  disabled?: boolean | undefined
}

/** A password field that can be looked into. */
export function SecretField({ label, help, error, required, value, onChange, ...input }: Props) {
  const { t } = useTranslation('common')
  const [shown, setShown] = useState(false)
  const ref = useRef<HTMLInputElement>(null)
  // Not a controlled input: React would copy the secret into the `value` attribute, where page
  // inspection, snapshots and selectors see it.
  useLayoutEffect(() => {
    if (ref.current && ref.current.value !== value) ref.current.value = value
  }, [value])
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(wiring) => (
        <span className="relative flex">
          <input
            ref={ref}
            autoComplete="off"
            spellCheck={false}
            {...input}
            {...wiring}
            type={shown ? 'text' : 'password'}
            aria-required={required}
            onInput={(event) => {
              onChange(event.currentTarget.value)
            }}
            className={`${CONTROL_LOOK} pr-9 font-mono`}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? t('secret.hide') : t('secret.show')}
            aria-controls={wiring.id}
            aria-pressed={shown}
            disabled={input.disabled}
            className="absolute top-0 right-0"
            onClick={() => {
              setShown(!shown)
            }}
          />
        </span>
      )}
    </Field>
  )
}
