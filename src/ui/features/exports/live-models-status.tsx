import { useTranslation } from 'react-i18next'

import type { ExportRecord } from '@/src/domain/export-record'
import { PROBE_CAUSES } from '@/src/domain/probes'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { KeyFailure } from '../checks/key-failure'
import type { LiveModels } from './use-live-models'

interface Props {
  live: LiveModels
  /** The key whose models are asked for. */
  draft: ExportRecord
}

/** Fetches the models a key lists, and tells what came of it. */
export function LiveModelsStatus({ live, draft }: Props) {
  const { t } = useTranslation(['exports', 'checks'])
  const { models, failure } = live
  const cause = PROBE_CAUSES.find((one) => one === failure?.reason)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2 text-12 text-text-2">
        <Button size="s" busy={live.busy} onClick={live.ask}>
          {t(models === null ? 'models.fetch' : 'models.fetch-again')}
        </Button>
        <span role="status">
          {models !== null && t('models.fetched', { count: models.length })}
        </span>
      </div>
      {cause && (
        <Notice tone="attention" title={t('models.failed')}>
          <p>{t(`checks:cause.${cause}.means`)}</p>
          <p className="text-text-2">{t(`checks:cause.${cause}.next`)}</p>
        </Notice>
      )}
      {failure && !cause && (
        <KeyFailure
          failure={failure}
          source={draft.source}
          baseUrl={draft.baseUrl}
          onGranted={live.ask}
        />
      )}
    </div>
  )
}
