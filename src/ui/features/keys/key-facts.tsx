import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Amount } from '../../components/amount'
import { useSettings } from '../../queries/settings'
import { hostOf } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import type { KeyEntry } from './key-entries'
import { KeyStatusMark } from './key-status'
import { Expiry, GroupName, KeyTime } from './key-values'

/** What is known of a key beside its secret. */
export function KeyFacts({ entry }: { entry: KeyEntry }) {
  const { t } = useTranslation('keys')
  const { currency } = useSettings().settings
  const { row, account, group } = entry
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('details.about')}</h3>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
        <Fact name={t('column.status')}>
          <KeyStatusMark status={row.status} />
        </Fact>
        <Fact name={t('column.account')}>
          <a
            className="text-accent underline"
            href={hrefOf({ page: 'accounts', panel: { kind: 'details', id: account.id } })}
          >
            {account.name}
          </a>
          <span className="ms-2 text-text-2">{hostOf(account.origin)}</span>
        </Fact>
        <Fact name={t('column.used')}>
          <Amount metric={row.used} rates={account} currency={currency} />
        </Fact>
        <Fact name={t('column.remaining')}>
          {row.remaining === null ? (
            t('value.unlimited')
          ) : (
            <Amount metric={row.remaining} rates={account} currency={currency} />
          )}
        </Fact>
        <Fact name={t('column.expires')}>
          <Expiry atMs={row.expiresAtMs} />
        </Fact>
        <Fact name={t('column.group')}>
          <GroupName entry={entry} />
          {group?.description && <p className="text-12 text-text-2">{group.description}</p>}
        </Fact>
        {row.backupGroup && <Fact name={t('field.backup-group')}>{row.backupGroup}</Fact>}
        {row.crossGroupRetry !== undefined && (
          <Fact name={t('field.cross-group-retry')}>
            {t(row.crossGroupRetry ? 'value.on' : 'value.off')}
          </Fact>
        )}
        <Fact name={t('column.created')}>
          <KeyTime atMs={row.createdAtMs} />
        </Fact>
        <Fact name={t('column.lastUsed')}>
          <KeyTime atMs={row.lastUsedAtMs} />
        </Fact>
      </dl>
    </section>
  )
}

/** Every model and address a key is limited to. */
export function KeyLimits({ entry: { row } }: { entry: KeyEntry }) {
  const { t } = useTranslation('keys')
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('column.limits')}</h3>
      <LimitList name={t('field.models')} none={t('help.models-all')} items={row.modelLimits} />
      <LimitList name={t('field.addresses')} none={t('value.any-address')} items={row.ipLimits} />
    </section>
  )
}

interface ListProps {
  name: string
  none: string
  items: readonly string[]
}

function LimitList({ name, none, items }: ListProps) {
  return (
    <div>
      <h4 className="text-12 text-text-2">{name}</h4>
      {items.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="max-h-40 overflow-y-auto wrap-anywhere">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </div>
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
