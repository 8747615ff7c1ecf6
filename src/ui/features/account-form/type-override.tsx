import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SiteType } from '@/src/domain/site-type'

import { Button } from '../../components/button'
import { SiteTypeField } from './site-type-field'

interface Props {
  recognisedAs: SiteType
  /** Looks at the site again as one of that type. */
  onChoose: (type: SiteType) => void
}

/** Lets the person contradict what the software of a site was recognised as. */
export function TypeOverride({ recognisedAs, onChoose }: Props) {
  const { t } = useTranslation('account-form')
  const [open, setOpen] = useState(false)
  const [type, setType] = useState(recognisedAs)
  return (
    <div className="flex flex-col items-start gap-2">
      <button
        type="button"
        aria-expanded={open}
        className="text-12 text-accent underline"
        onClick={() => {
          setOpen(!open)
        }}
      >
        {t('override.not-right')}
      </button>
      {open && (
        <div className="flex w-full flex-col gap-2">
          <SiteTypeField
            name="override"
            label={t('override.label')}
            help={t('override.help')}
            value={type}
            onChange={setType}
          />
          <div>
            <Button
              size="s"
              onClick={() => {
                onChoose(type)
              }}
            >
              {t('action.recognise-again')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
