import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import type { SectionFormHandle } from './use-section-form'

interface Props {
  form: Pick<SectionFormHandle<string>, 'save' | 'busy' | 'isChanged' | 'isSaved' | 'failure'>
  /** Names the form, as there are several on the page. */
  label: string
  children: ReactNode
}

/** Fields that are stored together by their button, and what became of it. */
export function SectionForm({ form, label, children }: Props) {
  const { t } = useTranslation('automation')

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    form.save(event.currentTarget)
  }

  return (
    <form noValidate aria-label={label} onSubmit={submit} className="flex max-w-96 flex-col gap-4">
      {children}
      {form.failure && <FailureNotice failure={form.failure} />}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={form.busy}>
          {t('save')}
        </Button>
        <span role="status" className="text-12 text-text-2">
          {form.isSaved ? t('saved') : form.isChanged && t('changed')}
        </span>
      </div>
    </form>
  )
}
