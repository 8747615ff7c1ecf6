import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { CredentialView } from '@/src/domain/credential'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { glanceQuery } from '../../queries/accounts'
import { useCredentialChange } from '../../queries/credential-mutations'
import { hrefOf } from '../shell/route'
import type { CredentialEntry } from './credential-entries'

/** What the credential is: address, type, how it is asked, labels, and the key it came from. */
export function DetailFacts({ entry: { view, tags } }: { entry: CredentialEntry }) {
  const { t } = useTranslation('credentials')
  const { decided, state } = view
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('details.about')}</h3>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
        <Fact name={t('field.baseUrl')}>
          <span className="font-mono text-12 break-all select-all">{decided.baseUrl}</span>
        </Fact>
        <Fact name={t('field.apiType')}>{t(`api-type.${decided.apiType}`)}</Fact>
        <Fact name={t('field.query')}>
          {t(`mode.${decided.query.mode}`)}
          {decided.query.mode === 'auto' && state?.source && (
            <span className="ms-2 text-text-2">
              {t('details.answered-by', { way: t(`mode.${state.source}`) })}
            </span>
          )}
        </Fact>
        <Fact name={t('column.updated')}>
          {state ? <Age atMs={state.attemptAtMs} /> : t('never')}
        </Fact>
        <Fact name={t('details.worked')}>
          {state?.successAtMs === undefined ? t('never') : <Age atMs={state.successAtMs} />}
        </Fact>
        {tags.length > 0 && (
          <Fact name={t('field.tags')}>{tags.map(({ name }) => name).join(', ')}</Fact>
        )}
        {decided.notes !== '' && (
          <Fact name={t('field.notes')}>
            <span className="whitespace-pre-wrap">{decided.notes}</span>
          </Fact>
        )}
        <Fact name={t('details.changed')}>
          <Age atMs={view.updatedAtMs} />
        </Fact>
      </dl>
      {decided.link && <LinkedTo view={view} link={decided.link} />}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-2">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

interface LinkProps {
  view: CredentialView
  link: NonNullable<CredentialView['decided']['link']>
}

/** The account's key this was saved from. */
function LinkedTo({ view, link }: LinkProps) {
  const { t } = useTranslation('credentials')
  const unlink = useCredentialChange('credentials.unlink')
  const { data } = useQuery(glanceQuery())
  const account = data?.rows.find(({ id }) => id === link.accountId)
  const isGone = view.linkState === 'gone'
  return (
    <>
      <Notice
        tone={isGone ? 'attention' : 'info'}
        title={t(isGone ? 'link.gone' : 'link.there')}
        action={
          <Button size="s" busy={unlink.busy} onClick={() => void unlink.run({ id: view.id })}>
            {t('action.unlink')}
          </Button>
        }
      >
        <p>
          {isGone ? (
            t('link.gone-meaning')
          ) : (
            <a
              className="text-accent underline"
              href={hrefOf({
                page: 'keys',
                panel: { kind: 'details', account: link.accountId, key: link.keyId },
              })}
            >
              {account ? t('link.key-of', { account: account.name }) : t('link.key')}
            </a>
          )}
        </p>
      </Notice>
      {unlink.failure && <FailureNotice failure={unlink.failure} />}
    </>
  )
}
