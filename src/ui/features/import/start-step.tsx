import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useReading } from './use-reading'

const STEPS = ['read', 'pick', 'look'] as const

/** Says what an import does and asks for, before it asks. */
export function StartStep() {
  const { t } = useTranslation('import')
  const { reading, read } = useReading()
  return (
    <div className="flex max-w-160 flex-col items-start gap-4">
      <ol className="flex list-decimal flex-col gap-2 ps-5">
        {STEPS.map((step) => (
          <li key={step}>{t(`start.${step}`)}</li>
        ))}
      </ol>
      {reading.at === 'refused' && (
        <Notice tone="attention" title={t('start.refused-title')}>
          {t('start.refused')}
        </Notice>
      )}
      {reading.at === 'failed' && <FailureNotice failure={reading.failure} />}
      <Button variant="primary" busy={reading.at === 'reading'} onClick={() => void read()}>
        {t(
          reading.at === 'refused' || reading.at === 'failed' ? 'action.read-again' : 'action.read',
        )}
      </Button>
    </div>
  )
}
