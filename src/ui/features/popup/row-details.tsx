import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Age } from '../../components/age'
import { HealthMark } from '../../components/health-mark'
import { useFailureText } from '../../text/failure-text'
import type { GlanceEntry } from '../../view/glance-view'

interface Props {
  id: string
  entry: GlanceEntry
}

/** What lies behind a row: the last error with its next step, and who and where the account is. */
export function RowDetails({ id, entry }: Props) {
  const { t } = useTranslation('popup')
  const { row, host } = entry
  return (
    <div id={id} className="flex flex-col gap-2 pr-3 pb-3 pl-[3.375rem] text-12">
      {row.failure ? <LastError entry={entry} failure={row.failure} /> : null}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        <Fact name={t('row.last-success')}>
          {row.figuresAtMs === undefined ? t('row.never') : <Age atMs={row.figuresAtMs} />}
        </Fact>
        <Fact name={t('row.user-id')}>{row.userId}</Fact>
        <Fact name={t('row.site')}>
          <a
            href={row.origin}
            target="_blank"
            rel="noopener noreferrer"
            className="underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {host}
          </a>
        </Fact>
      </dl>
      {row.excludeFromTotal ? <p className="text-text-2">{t('row.left-out')}</p> : null}
    </div>
  )
}

function LastError({ entry, failure }: { entry: GlanceEntry; failure: Failure }) {
  const words = useFailureText()(failure, entry.host)
  return (
    <div className="flex flex-col gap-0.5">
      <HealthMark health={entry.row.health} label={words.title} showWord />
      <p>{words.sentence}</p>
      <p className="text-text-2">{words.nextStep}</p>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-2">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
