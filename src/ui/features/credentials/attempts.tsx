import { CircleCheck, CircleDashed, OctagonAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { CredentialState } from '@/src/domain/credential'

import { useCredentialFailureText } from './failure-words'

const LOOK = {
  success: { icon: CircleCheck, tone: 'text-good' },
  unsupported: { icon: CircleDashed, tone: 'text-unknown' },
  failed: { icon: OctagonAlert, tone: 'text-bad' },
} as const

interface Props {
  attempts: CredentialState['attempts']
  host: string
}

/** Every request of the last query: which way, what was asked, and what came of it. */
export function Attempts({ attempts, host }: Props) {
  const { t } = useTranslation('credentials')
  const words = useCredentialFailureText()
  if (attempts.length === 0) return null
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('attempts.title')}</h3>
      <ol className="flex flex-col gap-2">
        {attempts.map(({ source, path, outcome, failure }, index) => {
          const { icon: Icon, tone } = LOOK[outcome]
          const why = failure ? words(failure, host) : null
          return (
            <li key={index} className="flex min-w-0 items-start gap-2">
              <Icon size={14} aria-hidden className={`mt-1 shrink-0 ${tone}`} />
              <div className="min-w-0 wrap-anywhere">
                <p>
                  {t(`source.${source}`)} <code className="font-mono text-12">{path}</code>
                </p>
                <p className="text-12 text-text-2">
                  {[
                    t(`attempts.${outcome}`),
                    ...(failure?.httpStatus === undefined
                      ? []
                      : [t('attempts.status', { status: failure.httpStatus })]),
                    ...(why ? [why.sentence] : []),
                    ...(failure?.detail === undefined
                      ? []
                      : [t('failure.server-said', { words: failure.detail })]),
                  ].join(' · ')}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
