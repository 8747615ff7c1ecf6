import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { OutputOf } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { ProgressRing } from '../../components/progress-ring'
import { useKeyChange } from '../../queries/key-mutations'
import { hrefOf } from '../shell/route'

interface Props {
  accountId: string
  /** What the settings call the default key. */
  keyName: string
}

/** The account is stored; the default key the settings ask for is made and shown. */
export function AddedStep({ accountId, keyName }: Props) {
  const { t } = useTranslation('account-form')
  const ensure = useKeyChange('keys.ensureDefault')
  const [made, setMade] = useState<OutputOf<'keys.ensureDefault'> | null>(null)
  // The same for every try: what was made is not made again.
  const [requestId] = useState(() => crypto.randomUUID())
  const wasAsked = useRef(false)
  const { failure } = ensure

  async function make(): Promise<void> {
    const done = await ensure.run({ accountId, requestId })
    if (done.ok) setMade(done.value)
  }

  const start = useEffectEvent(() => void make())
  useEffect(() => {
    if (wasAsked.current) return
    wasAsked.current = true
    start()
  }, [])

  return (
    <div className="flex flex-col gap-4">
      <p>{t('default-key.added')}</p>
      {failure ? (
        <FailureNotice
          failure={failure}
          action={
            // What may have been made is looked for first.
            failure.class !== 'interrupted' && (
              <Button size="s" onClick={() => void make()}>
                {t('default-key.again')}
              </Button>
            )
          }
        />
      ) : made ? (
        <Made made={made} accountId={accountId} keyName={keyName} />
      ) : (
        <p role="status" className="flex items-center gap-2 text-text-2">
          <ProgressRing />
          {t('default-key.making', { name: keyName })}
        </p>
      )}
    </div>
  )
}

interface MadeProps extends Props {
  made: OutputOf<'keys.ensureDefault'>
}

function Made({ made, accountId, keyName }: MadeProps) {
  const { t } = useTranslation('account-form')
  const { keyId } = made
  if (!made.made) return <Notice tone="info">{t('default-key.there')}</Notice>
  if (keyId === null) return <Notice tone="attention">{t('default-key.unclear')}</Notice>
  return (
    <Notice tone="good" title={t('default-key.made', { name: keyName })}>
      <a
        className="text-accent underline"
        href={hrefOf({ page: 'keys', panel: { kind: 'details', account: accountId, key: keyId } })}
      >
        {t('default-key.open')}
      </a>
    </Notice>
  )
}
