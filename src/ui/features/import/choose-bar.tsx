import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { change, useImport } from './import-store'
import { askAndLook } from './look'

/** What is done with the chosen sites. */
export function ChooseBar({ chosen }: { chosen: readonly string[] }) {
  const { t } = useTranslation('import')
  const asking = useImport(({ question }) => question === 'open')
  const hasResults = useImport(({ outcomes }) => outcomes.size > 0)
  return (
    <section
      aria-label={t('choose.bar')}
      className="flex flex-wrap items-center gap-3 rounded-card border border-line-strong bg-raised px-3 py-2"
    >
      <p className="me-auto text-text-2">
        {t(chosen.length === 0 ? 'choose.pick-first' : 'choose.what-follows')}
      </p>
      {hasResults && (
        <Button
          onClick={() => {
            change({ step: 'results', question: 'none' })
          }}
        >
          {t('action.to-results')}
        </Button>
      )}
      <Button
        variant="primary"
        busy={asking}
        disabled={chosen.length === 0}
        onClick={() => void askAndLook(chosen)}
      >
        {t('action.look', { count: chosen.length })}
      </Button>
    </section>
  )
}
