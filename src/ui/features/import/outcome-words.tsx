import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { DetectedSite } from '@/src/domain/recognition'

import { useSiteDescription } from '../../queries/sites'
import { useFailureText } from '../../text/failure-text'
import { hrefOf } from '../shell/route'
import { siteLabel } from '../../view/matching'
import type { Outcome } from './import-store'

interface Props {
  origin: string
  outcome: Outcome
  stored: readonly GlanceRow[]
  tabIndex: 0 | -1
}

/** What is known of a site by now, and from what. */
export function OutcomeWords({ origin, outcome, stored, tabIndex }: Props) {
  const { t } = useTranslation('import')
  return (
    <>
      {stored.length > 0 && <StoredAs rows={stored} tabIndex={tabIndex} />}
      {outcome.at === 'recognised' ? (
        <Software site={outcome.site} />
      ) : outcome.at === 'failed' ? (
        <WhyNot failure={outcome.failure} origin={origin} />
      ) : (
        <p className="text-12 text-text-2">{t(`result.${outcome.at}`)}</p>
      )}
    </>
  )
}

function StoredAs({ rows, tabIndex }: { rows: Props['stored'] } & Pick<Props, 'tabIndex'>) {
  const { t } = useTranslation('import')
  return (
    <p className="text-12">
      {t('result.stored')}{' '}
      {rows.map(({ id, name }, at) => (
        <Fragment key={id}>
          {at > 0 && ' · '}
          <a
            href={hrefOf({ page: 'accounts', panel: { kind: 'details', id } })}
            tabIndex={tabIndex}
            className="text-accent underline"
          >
            {name}
          </a>
        </Fragment>
      ))}
    </p>
  )
}

function Software({ site }: { site: DetectedSite }) {
  const { t, i18n } = useTranslation('account-form')
  const software = useSiteDescription(site.siteType)?.label ?? site.siteType
  const list = new Intl.ListFormat(i18n.language).format(
    site.evidence.map(({ sign, detail = '' }) => t(`sign.${sign}`, { detail })),
  )
  return (
    <p className="text-12">
      {software}
      {list !== '' && <span className="ms-2 text-text-2">{t('fact.signs', { list })}</span>}
    </p>
  )
}

function WhyNot({ failure, origin }: { failure: Failure; origin: string }) {
  const { t } = useTranslation('account-form')
  const words = useFailureText()(failure, siteLabel(origin))
  const [title, sentence] =
    failure.class === 'unsupported'
      ? [t('unknown-software.title'), t('unknown-software.sentence', { host: siteLabel(origin) })]
      : [words.title, words.sentence]
  return (
    <p className="text-12">
      {title} <span className="ms-2 text-text-2">{sentence}</span>
    </p>
  )
}
