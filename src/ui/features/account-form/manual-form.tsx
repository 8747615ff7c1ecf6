import { useTranslation } from 'react-i18next'

import { FailureNotice } from '../../components/failure-notice'
import { AccountFields } from './account-fields'
import { hostIn } from './draft'
import { KnownSoftware } from './known-software'
import { NotRecognised } from './not-recognised'
import { SignInFields } from './sign-in-fields'
import { SiteFields } from './site-fields'
import { StoredAtSite } from './stored-at-site'
import { type ManualFormProps, useManualForm } from './use-manual-form'

interface Props extends ManualFormProps {
  formId: string
  onRetry: () => void
}

/** The form for an account typed by hand. What is known already stands in it. */
export function ManualForm(props: Props) {
  const { t } = useTranslation('account-form')
  const { adding, signIn, saving, step } = props
  const { looked, draft } = adding.state
  const { form, site, values, errors, told, edit, submit } = useManualForm(props)
  const signsIn = values.method === 'session'
  const intro = site?.hosted ? 'hosted' : step.failure ? 'after-failure' : 'intro'

  return (
    <form
      id={props.formId}
      ref={form}
      onSubmit={(event) => void submit(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      {step.failure && (
        <NotRecognised
          failure={step.failure}
          detected={looked.detected}
          host={hostIn(looked.origin ?? values.origin)}
          onRetry={props.onRetry}
        />
      )}
      {looked.detected && (
        <div>
          <KnownSoftware detected={looked.detected} />
          {!site?.hosted && <p className="text-12 text-text-2">{t('override.below')}</p>}
        </div>
      )}
      {!signsIn && <p className="text-text-2">{t(`manual.${intro}`)}</p>}
      <SiteFields site={site} values={values} errors={errors} onChange={edit} adding={adding} />
      {signsIn ? (
        <SignInFields
          signIn={signIn}
          host={hostIn(values.origin)}
          autoFocus={step.signsIn === true}
        />
      ) : (
        <AccountFields
          site={site}
          values={values}
          errors={errors}
          onChange={edit}
          showsUserId={!site?.hosted || errors.userId !== undefined || draft.typed.has('userId')}
        />
      )}
      {told.userId === 'duplicate' && (
        <StoredAtSite address={values.origin} userId={values.userId} onOpen={props.onOpen} />
      )}
      {saving.failure && Object.keys(told).length === 0 && (
        <FailureNotice failure={saving.failure} siteName={hostIn(values.origin)} />
      )}
    </form>
  )
}
