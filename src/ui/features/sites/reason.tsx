import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

import { hrefOf } from '../shell/route'
import { siteLabel } from '../../view/matching'
import type { SiteLine } from './site-lines'

/** Why a site may be reached: its accounts, or those of another port, or nothing any more. */
export function Reason({ line }: { line: SiteLine }) {
  const { t, i18n } = useTranslation('sites')
  const { site, siblings, leftOver } = line
  if (site.accounts.length > 0) return <Accounts accounts={site.accounts} />
  const words = leftOver
    ? t('why.left-over')
    : t('why.sibling', {
        sites: new Intl.ListFormat(i18n.language).format(siblings.map(siteLabel)),
      })
  return (
    <span className="text-text-2" title={words}>
      {words}
    </span>
  )
}

function Accounts({ accounts }: { accounts: SiteLine['accounts'] }) {
  const { i18n } = useTranslation('sites')
  const parts = new Intl.ListFormat(i18n.language, { type: 'unit' }).formatToParts(
    accounts.map(({ id }) => id),
  )
  return (
    <span title={accounts.map(({ name }) => name).join('\n')}>
      {parts.map(({ type, value }, at) => (
        <Fragment key={at}>
          {type === 'literal' ? (
            value
          ) : (
            <a
              href={hrefOf({ page: 'accounts', panel: { kind: 'details', id: value } })}
              className="text-accent underline"
            >
              {accounts.find(({ id }) => id === value)?.name}
            </a>
          )}
        </Fragment>
      ))}
    </span>
  )
}
