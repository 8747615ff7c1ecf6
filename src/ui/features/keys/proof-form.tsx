import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { SecretField } from '../../components/secret-field'
import { TextField } from '../../components/text-field'
import { useKeyChange } from '../../queries/key-mutations'

interface Props {
  accountId: string
  host: string
  /** How many keys wait for it. */
  keys: number
  hasTotp: boolean
}

/** Codes have 4 to 16 characters: digits of an app, or one of the codes for a lost phone. */
const SHORTEST = 4
const LONGEST = 16

/** Answers a site that wants a second factor: by a code, or by the stored secret that makes codes. */
export function ProofForm({ accountId, host, keys, hasTotp }: Props) {
  const { t } = useTranslation('keys')
  const prove = useKeyChange('keys.prove')
  const [code, setCode] = useState('')
  const [checked, setChecked] = useState(false)
  const plain = code.normalize('NFKC').replace(/\s/g, '')
  const isFine = plain.length >= SHORTEST && plain.length <= LONGEST

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setChecked(true)
    if (!isFine) return
    const done = await prove.run({ accountId, code: plain })
    if (done.ok) setCode('')
  }

  return (
    <div className="flex flex-col gap-2 rounded-control bg-attention-soft p-2">
      <p>{t('proof.sentence', { site: host, count: keys })}</p>
      <form
        className="flex flex-wrap items-end gap-2"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <div className="max-w-40">
          <TextField
            label={t('proof.code')}
            name="code"
            inputMode="numeric"
            value={code}
            onChange={(text) => {
              setCode(text)
              prove.reset()
            }}
            error={checked && !isFine ? t('proof.code-wrong') : undefined}
          />
        </div>
        <Button type="submit" busy={prove.busy}>
          {t('proof.send')}
        </Button>
        {hasTotp && (
          <Button busy={prove.busy} onClick={() => void prove.run({ accountId })}>
            {t('proof.use-stored')}
          </Button>
        )}
      </form>
      {prove.failure && <FailureNotice failure={prove.failure} siteName={host} />}
      <StoredSecret accountId={accountId} hasTotp={hasTotp} />
    </div>
  )
}

/** Keeps or forgets the secret from which the account's codes are made. */
function StoredSecret({ accountId, hasTotp }: Pick<Props, 'accountId' | 'hasTotp'>) {
  const { t } = useTranslation('keys')
  const save = useKeyChange('keys.saveTotp')
  const [secret, setSecret] = useState('')

  async function keep(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (secret.trim() === '') return
    const done = await save.run({ accountId, secret: secret.trim() })
    if (done.ok) setSecret('')
  }

  if (hasTotp) {
    return (
      <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
        {t('proof.stored')}
        <Button
          size="s"
          variant="ghost"
          busy={save.busy}
          onClick={() => void save.run({ accountId, secret: null })}
        >
          {t('proof.forget')}
        </Button>
        {save.failure && <FailureNotice failure={save.failure} />}
      </div>
    )
  }
  return (
    <details className="text-12">
      <summary className="w-fit rounded-control text-text-2">{t('proof.store-title')}</summary>
      <form className="mt-2 flex flex-col gap-2" noValidate onSubmit={(event) => void keep(event)}>
        <SecretField
          label={t('proof.secret')}
          name="totp"
          help={t('proof.secret-help')}
          value={secret}
          onChange={setSecret}
          error={save.failure?.class === 'input' ? t('proof.secret-wrong') : undefined}
        />
        {save.failure && save.failure.class !== 'input' && <FailureNotice failure={save.failure} />}
        <div>
          <Button size="s" type="submit" busy={save.busy}>
            {t('proof.store')}
          </Button>
        </div>
      </form>
    </details>
  )
}
