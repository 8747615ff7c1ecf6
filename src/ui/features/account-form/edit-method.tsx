import { useTranslation } from 'react-i18next'

import type { AuthMode, SiteDescription } from '@/src/domain/site-description'

import { RadioGroup } from '../../components/radio-group'
import type { FieldError } from './draft-check'
import type { EditValues } from './edit-values'
import { methodKind } from './method-kind'
import { TokenField } from './token-field'

interface Props {
  site: SiteDescription | undefined
  values: EditValues
  stored: EditValues
  hasToken: boolean
  /** The stored login is the account's own. */
  isOwn: boolean
  error: FieldError | undefined
  onChange: (edit: Partial<EditValues>) => void
  /** Where the site shows and makes access tokens; `null` = not known. */
  profileUrl: string | null
}

/** The access method of a stored account. The stored token is never shown. */
export function EditMethod({ site, values, stored, hasToken, error, onChange, ...rest }: Props) {
  const { t } = useTranslation('account-form')
  const modes = choosable(site, stored.method)
  const kind = (mode: AuthMode) => methodKind(mode, rest.isOwn && mode === stored.method)
  return (
    <>
      {modes.length > 1 ? (
        <RadioGroup
          legend={t('field.method')}
          name="method"
          value={values.method}
          onChange={(method) => {
            onChange({ method })
          }}
          options={modes.map((mode) => ({
            value: mode,
            label: t(`method.${kind(mode)}`),
            help: t(`method-help.${kind(mode)}`),
          }))}
        />
      ) : (
        <div>
          <p className="font-medium">{t('field.method')}</p>
          <p>{t(`method.${kind(stored.method)}`)}</p>
          <p className="text-12 text-text-2">{t(`method-help.${kind(stored.method)}`)}</p>
        </div>
      )}
      {values.method === 'token' && (
        <TokenField
          value={values.token}
          onChange={(token) => {
            onChange({ token })
          }}
          error={error}
          help={t(hasToken ? 'edit.token-kept' : 'help.token')}
          required={!hasToken}
          profileUrl={rest.profileUrl}
        />
      )}
      {values.method === 'cookie' && stored.method === 'token' && (
        <p className="text-text-2">{t('edit.token-forgotten')}</p>
      )}
    </>
  )
}

/** What the family has and a form can set: a session is taken over, never chosen. */
function choosable(site: SiteDescription | undefined, stored: AuthMode): AuthMode[] {
  const modes = (site?.authModes ?? []).filter((mode): mode is AuthMode => mode !== 'session')
  return modes.includes(stored) ? modes : [stored, ...modes]
}
