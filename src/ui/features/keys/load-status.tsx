import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { useFailureText } from '../../text/failure-text'
import { hostOf } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import type { KeySection } from './key-entries'
import type { Keys } from './use-keys'

const LISTED = 5

interface Props {
  sections: readonly KeySection[]
  loading: Keys['loading']
  onLoad: (accountIds: readonly string[]) => void
}

/** How far a loading is, and which accounts' keys could not be listed, each with its reason. */
export function LoadStatus({ sections, loading, onLoad }: Props) {
  const { t } = useTranslation('keys')
  const failed = sections.filter(({ list }) => list.state === 'failed')
  return (
    <>
      {loading && (
        <div className="flex items-center gap-3 text-12">
          <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
            {t('load.progress', loading)}
          </span>
          <ProgressBar value={loading.done} max={loading.total} label={t('load.label')} />
        </div>
      )}
      {failed.length > 0 && <Failed failed={failed} onLoad={onLoad} />}
    </>
  )
}

function Failed({ failed, onLoad }: { failed: readonly KeySection[]; onLoad: Props['onLoad'] }) {
  const { t } = useTranslation('keys')
  const words = useFailureText()
  const rest = failed.length - LISTED
  return (
    <Notice
      tone="attention"
      title={t('load.failed', { count: failed.length })}
      action={
        <Button
          size="s"
          onClick={() => {
            onLoad(failed.map(({ account }) => account.id))
          }}
        >
          {t('action.retry')}
        </Button>
      }
    >
      <ul>
        {failed.slice(0, LISTED).map(({ account, list }) => {
          const { title, sentence, nextStep } = words(
            list.failure ?? { class: 'internal' },
            hostOf(account.origin),
          )
          return (
            <li key={account.id}>
              <a
                className="font-medium underline"
                href={hrefOf({ page: 'accounts', panel: { kind: 'details', id: account.id } })}
              >
                {account.name}
              </a>{' '}
              <span className="text-text-2" title={`${sentence} ${nextStep}`}>
                {title}
              </span>
            </li>
          )
        })}
        {rest > 0 && <li className="text-text-2">{t('more', { count: rest })}</li>}
      </ul>
    </Notice>
  )
}
