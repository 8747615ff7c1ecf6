import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { CodeOffer } from '@/src/domain/redemption'

import { Button } from '../../components/button'
import { formatExact } from '../../text/format'
import { ChoiceError } from './choice-error'

interface Props {
  codes: CodeOffer['codes']
  /** Indices of those that are to be redeemed, in their order. */
  picks: readonly number[]
  onChange: (picks: readonly number[]) => void
  /** What is wrong with the choice, in words. */
  error?: string | undefined
}

/** Which of the codes are to be redeemed. What is known of one already stands beside it. */
export function CodeChoice({ codes, picks, onChange, error }: Props) {
  const { t } = useTranslation('redeem')
  const errorId = useId()
  const areAll = picks.length === codes.length

  function toggle(at: number): void {
    const rest = picks.filter((one) => one !== at)
    onChange(rest.length < picks.length ? rest : [...rest, at].sort((a, b) => a - b))
  }

  return (
    <fieldset
      aria-describedby={error ? errorId : undefined}
      className="flex min-w-0 flex-col gap-2"
    >
      <legend className="mb-1 text-13 font-medium">{t('offer.codes')}</legend>
      {codes.length > 1 && (
        <div>
          <Button
            size="s"
            variant="ghost"
            onClick={() => {
              onChange(areAll ? [] : codes.map((_, at) => at))
            }}
          >
            {t(areAll ? 'offer.none' : 'offer.all')}
          </Button>
        </div>
      )}
      <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto rounded-control border border-line p-2">
        {codes.map(({ masked, known, knownAtMs }, at) => (
          <li key={at}>
            <label className="flex flex-wrap items-center gap-x-3">
              <input
                type="checkbox"
                name="code"
                checked={picks.includes(at)}
                onChange={() => {
                  toggle(at)
                }}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="font-mono">{masked}</span>{' '}
              {known && <Known state={known} atMs={knownAtMs} />}
            </label>
          </li>
        ))}
      </ul>
      <ChoiceError id={errorId} words={error} />
    </fieldset>
  )
}

interface KnownProps {
  state: NonNullable<CodeOffer['codes'][number]['known']>
  atMs: number | undefined
}

function Known({ state, atMs }: KnownProps) {
  const { t, i18n } = useTranslation('redeem')
  return (
    <span className="text-12 text-text-2">
      {atMs === undefined
        ? t(`known.${state}`)
        : t('known.at', { what: t(`known.${state}`), time: formatExact(atMs, i18n.language) })}
    </span>
  )
}
