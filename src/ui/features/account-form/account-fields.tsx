import { useTranslation } from 'react-i18next'

import { pageOf } from '@/src/domain/site-pages'

import { TextField } from '../../components/text-field'
import { originIn } from './draft'
import { looksUpUser } from './draft-check'
import { type DraftTextField, useFieldProps } from './field-props'
import type { FieldsProps } from './site-fields'
import { TokenField } from './token-field'

interface Props extends FieldsProps {
  /** Services that know the user by the token ask for it only when they must. */
  showsUserId: boolean
}

/** What has to be typed of an account that nobody recognised. */
export function AccountFields({ showsUserId, ...form }: Props) {
  const { t } = useTranslation('account-form')
  const field = useFieldProps<DraftTextField>(form)
  const { site, values, errors, onChange } = form
  const looksUp = looksUpUser(site, values)
  const origin = originIn(values.origin)
  return (
    <>
      <TextField {...field('name')} required />
      {showsUserId && (
        <TextField
          {...field('userId')}
          required={!looksUp}
          {...(looksUp ? { help: t('help.userId-looked-up') } : {})}
        />
      )}
      {!site?.hosted && <TextField {...field('username')} />}
      {values.method === 'token' && (
        <TokenField
          value={values.token}
          onChange={(token) => {
            onChange({ token })
          }}
          error={errors.token}
          help={t(site?.hosted ? 'help.token-hosted' : 'help.token')}
          required
          profileUrl={site && origin !== null ? pageOf(site, origin, 'profile') : null}
        />
      )}
      <TextField {...field('exchangeRate')} inputMode="decimal" required />
    </>
  )
}
