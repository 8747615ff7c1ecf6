import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { AccountDetails } from '@/src/messaging/protocol'

import { Age } from '../../components/age'
import { useSiteDescription } from '../../queries/sites'
import { DetailCheckIn } from '../check-in/detail-check-in'

/** What the account is: at which site, as which user, reached in which way. */
export function DetailFacts({ details }: { details: AccountDetails }) {
  const { t } = useTranslation(['accounts', 'check-in'])
  const { row, snapshot, notes, automation } = details
  const site = useSiteDescription(row.siteType)
  // Where people look at a hosted service is not where its requests go.
  const address = site?.hosted?.webOrigin ?? row.origin
  const generation = snapshot.generation?.value
  const none = t('details.unknown')
  const hasCheckIn =
    site?.capabilities.includes('check-in') === true || automation.checkInUrl !== ''
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('details.about')}</h3>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
        <Fact name={t('column.site')}>
          <a
            className="text-accent underline break-all"
            href={address}
            target="_blank"
            rel="noreferrer"
          >
            {address}
          </a>
        </Fact>
        <Fact name={t('details.software')}>
          {site?.label ?? row.siteType}
          {generation && <p className="text-12 text-text-2">{t(`generation.${generation}`)}</p>}
        </Fact>
        <Fact name={t('details.user')}>{row.username || none}</Fact>
        <Fact name={t('details.user-id')}>{row.userId}</Fact>
        <Fact name={t('details.group')}>{snapshot.figures?.group || none}</Fact>
        <Fact name={t('details.method')}>{t(`method.${row.authMode}`)}</Fact>
        <Fact name={t('details.access')}>
          {t(details.accessGranted ? 'access.granted' : 'access.not-granted')}
        </Fact>
        <Fact name={t('details.rate')}>{t('details.rate-value', { rate: row.exchangeRate })}</Fact>
        <Fact name={t('details.last-success')}>
          {row.figuresAtMs === undefined ? t('details.never') : <Age atMs={row.figuresAtMs} />}
        </Fact>
        <Fact name={t('details.last-attempt')}>
          {row.attemptAtMs === undefined ? t('details.never') : <Age atMs={row.attemptAtMs} />}
        </Fact>
        {hasCheckIn && (
          <Fact name={t('check-in:title')}>
            <DetailCheckIn row={row} />
          </Fact>
        )}
        <Fact name={t('details.totals')}>
          {t(row.excludeFromTotal ? 'details.excluded' : 'details.counted')}
        </Fact>
        {row.disabled && <Fact name={t('details.state')}>{t('details.disabled')}</Fact>}
        {notes !== '' && (
          <Fact name={t('details.notes')}>
            <span className="whitespace-pre-wrap">{notes}</span>
          </Fact>
        )}
      </dl>
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
