import { useTranslation } from 'react-i18next'

import type { LoginWay } from '@/src/domain/recognition'

import { CheckBox } from './check-box'
import { Notice } from '../../components/notice'
import { RadioGroup } from '../../components/radio-group'
import { SecretField } from '../../components/secret-field'
import type { FieldError } from './draft'

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
  /** Where the site shows and makes access tokens. */
  profileUrl: string
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
        onChange={(value) => {
          const chosen = choices.find((one) => one === value)
          if (chosen) onChoose(chosen)
        }}
        options={choices.map((one) => ({
          value: one,
          label: t(`way.${one}`),
          help: t(`way-help.${one}`),
        }))}
      />
      {choice === 'paste-token' && (
        <>
          <p className="text-text-2">
            {t('paste.where')}{' '}
            <a
              className="text-accent underline"
              href={rest.profileUrl}
              target="_blank"
              rel="noreferrer"
            >
              {t('paste.open')}
            </a>
          </p>
          <SecretField
            label={t('field.token')}
            name="token"
            value={rest.token}
            onChange={rest.onToken}
            required
            {...(rest.tokenError ? { error: t(`error.${rest.tokenError}`) } : {})}
          />
        </>
      )}
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
