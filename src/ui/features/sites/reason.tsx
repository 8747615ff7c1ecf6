import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

import { hrefOf } from '../shell/route'
import { siteLabel } from '../../view/matching'
import type { SiteLine } from './site-lines'
import { useCountWords } from './use-count-words'

/** Why a site may be reached: what is there, or what is at another port, or nothing any more. */
export function Reason({ line }: { line: SiteLine }) {
  const { t, i18n } = useTranslation('sites')
  const countWords = useCountWords()
  const { site, siblings, leftOver } = line
  const counts = site.others ? countWords(site.others) : []
  if (site.accounts.length > 0 || counts.length > 0) {
    return <Accounts accounts={site.accounts} counts={counts} />
  }
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

function Accounts({
  accounts,
  counts,
}: {
  accounts: SiteLine['accounts']
  counts: readonly string[]
}) {
  const { i18n } = useTranslation('sites')
  const parts = new Intl.ListFormat(i18n.language, { type: 'unit' }).formatToParts([
    ...accounts.map(({ id }) => id),
    ...counts,
  ])
  return (
    <span title={[...accounts.map(({ name }) => name), ...counts].join('\n')}>
      {parts.map(({ type, value }, at) => (
        <Fragment key={at}>
          {type === 'literal' || counts.includes(value) ? (
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
