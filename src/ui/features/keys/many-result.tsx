import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { useFailureText } from '../../text/failure-text'
import { hostOf } from '../../view/glance-view'
import type { CreateMany, ManyProgress } from './use-create-many'

interface Props {
  many: CreateMany
  progress: ManyProgress
}

/** How far creating for several accounts is, and what came of it at each. */
export function ManyResult({ many, progress }: Props) {
  const { t } = useTranslation('keys')
  const words = useFailureText()
  const { state, total, outcomes } = progress
  const failed = outcomes.filter(({ failure }) => failure !== undefined)
  const again = failed.filter(({ failure }) => failure && canRepeat(failure))
  const made = outcomes.length - failed.length
  return (
    <div className="flex flex-col gap-4">
      {state === 'running' ? (
        <div className="flex items-center gap-3 text-12">
          <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
            {t('many.progress', { done: outcomes.length, total })}
          </span>
          <ProgressBar value={outcomes.length} max={total} label={t('many.title')} />
          <Button size="s" variant="ghost" onClick={many.cancel}>
            {t('action.cancel')}
          </Button>
        </div>
      ) : (
        <Notice
          tone={failed.length > 0 ? 'attention' : 'good'}
          title={t('many.made', { count: made })}
          action={
            again.length > 0 && (
              <Button size="s" onClick={() => void many.start(again.map(({ planned }) => planned))}>
                {t('many.again', { count: again.length })}
              </Button>
            )
          }
        >
          {failed.length > 0 && t('many.failed', { count: failed.length })}
          {outcomes.length < total && ` ${t('many.not-sent', { count: total - outcomes.length })}`}
        </Notice>
      )}
      <ul className="flex flex-col gap-2">
        {outcomes.map(({ planned: { section }, failure }) => {
          const { account } = section
          const told = failure && words(failure, hostOf(account.origin))
          return (
            <li key={account.id}>
              <span className="font-medium">{account.name}</span>{' '}
              {told ? (
                <>
                  <span className="text-bad">{told.title}</span>
                  <p className="text-12 text-text-2">
                    {[told.sentence, failure.detail, told.nextStep].filter(Boolean).join(' ')}
                  </p>
                </>
              ) : (
                <span className="text-good">{t('many.created')}</span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What may have taken effect is looked at first, not sent again. */
function canRepeat({ class: kind }: Failure): boolean {
  return kind !== 'interrupted'
}
