import { useTranslation } from 'react-i18next'

import type { LoginWay } from '@/src/domain/recognition'

import { Notice } from '../../components/notice'
import { RadioGroup } from '../../components/radio-group'
import { CheckBox } from '../../components/check-box'
import type { FieldError } from './draft-check'
import { OwnCookiesRefused, OwnCookiesRights } from './own-cookies-notice'
import { TokenField } from './token-field'

interface Props {
  choices: readonly LoginWay[]
  choice: LoginWay
  onChoose: (choice: LoginWay) => void
  token: string
  onToken: (token: string) => void
  tokenError: FieldError | undefined
  /** The person has said that the previous token may stop working. */
  understood: boolean
  onUnderstood: (understood: boolean) => void
  understoodMissing: boolean
  /** The browser was asked for the rights that own cookies take, and said no. */
  cookiesRefused: boolean
  /** Where the site shows and makes access tokens. */
  profileUrl: string | null
}

/** The access method of a recognised account, with what each one means for the site. */
export function AccessChoice({ choices, choice, onChoose, ...rest }: Props) {
  const { t } = useTranslation('account-form')
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        legend={t('field.method')}
        name="choice"
        value={choice}
        onChange={onChoose}
        options={choices.map((one) => ({
          value: one,
          label: t(`way.${one}`),
          help: t(`way-help.${one}`),
        }))}
      />
      {choice === 'paste-token' && (
        <TokenField
          value={rest.token}
          onChange={rest.onToken}
          error={rest.tokenError}
          help={t('paste.where')}
          required
          profileUrl={rest.profileUrl}
        />
      )}
      {choice === 'own-cookies' && <OwnCookiesRights />}
      {choice === 'own-cookies' && rest.cookiesRefused && <OwnCookiesRefused />}
      {choice === 'new-token' && (
        <Notice tone="attention" title={t('create.title')}>
          <p>{t('create.warning')}</p>
          <CheckBox
            name="understood"
            label={t('create.understood')}
            checked={rest.understood}
            onChange={rest.onUnderstood}
            {...(rest.understoodMissing ? { error: t('create.missing') } : {})}
          />
        </Notice>
      )}
    </div>
  )
}
