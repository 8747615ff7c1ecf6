import type { SiteType } from '@/src/domain/site-type'
import { pageOf } from '@/src/domain/site-pages'

import { TextField } from '../../components/text-field'
import { useSiteDescription } from '../../queries/sites'
import { AccessChoice } from './access-choice'
import { type DraftTextField, useFieldProps } from './field-props'
import { RecognisedFacts } from './recognised-facts'
import { SaveFailure } from './save-failure'
import { StoredAccounts } from './stored-accounts'
import { type RecognisedFormProps, useRecognisedForm } from './use-recognised-form'

interface Props extends RecognisedFormProps {
  formId: string
  /** Recognises anew: what was found is kept by the worker only for a while. */
  onRetry: () => void
  /** Recognises anew, as a site of that type. */
  onOverride: (type: SiteType) => void
}

/** Shows what was recognised and lets the person decide what of it is stored. */
export function RecognisedForm(props: Props) {
  const { recognition, values, saving } = props
  const { origin, generation, siteType } = recognition
  const site = useSiteDescription(siteType)
  const state = useRecognisedForm(props)
  const { form, errors, edit } = state
  const field = useFieldProps<DraftTextField>({ values, errors, onChange: edit })
  return (
    <form
      id={props.formId}
      ref={form}
      onSubmit={(event) => void state.submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <StoredAccounts existing={recognition.existing} onOpen={props.onOpen} />
      <RecognisedFacts recognition={recognition} onOverride={props.onOverride} />
      <TextField {...field('name')} required />
      <AccessChoice
        choices={recognition.ways}
        choice={state.choice}
        onChoose={state.choose}
        token={values.token}
        onToken={(token) => {
          edit({ token })
        }}
        tokenError={errors.token}
        understood={state.understood}
        onUnderstood={state.understand}
        understoodMissing={state.understoodMissing}
        cookiesRefused={state.cookiesRefused}
        profileUrl={
          site ? pageOf(site, origin, 'profile', { generation: { value: generation } }) : null
        }
      />
      <TextField {...field('exchangeRate')} inputMode="decimal" required />
      <SaveFailure failure={saving.failure} host={new URL(origin).host} onRetry={props.onRetry} />
    </form>
  )
}
