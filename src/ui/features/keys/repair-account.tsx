import { CircleAlert, CircleCheck, CircleDashed, CircleSlash } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { LinkButton } from '../../components/link-button'
import { useFailureText } from '../../text/failure-text'
import { hostOf } from '../../view/glance-view'
import { hrefOf } from '../shell/route'
import type { KeySection } from './key-entries'
import { ProofForm } from './proof-form'
import type { RepairAccount } from './repair-view'

const LOOK = {
  waiting: { icon: CircleDashed, tone: 'text-unknown' },
  done: { icon: CircleCheck, tone: 'text-good' },
  failed: { icon: CircleAlert, tone: 'text-bad' },
  skipped: { icon: CircleSlash, tone: 'text-text-2' },
} as const

interface Props {
  progress: RepairAccount
  /** Absent: the account was removed meanwhile. */
  section: KeySection | undefined
  /** The secret of its second factor is stored. */
  hasTotp: boolean
}

/** How far the repair is at one account, and what waits for the person there. */
export function RepairAccountItem({ progress, section, hasTotp }: Props) {
  const { t } = useTranslation('keys')
  const words = useFailureText()
  const { accountId, state, failure, done, total, waiting, needsProof, lost, failed } = progress
  const { icon: Icon, tone } = LOOK[state]
  const name = section?.account.name ?? accountId
  const host = section && hostOf(section.account.origin)
  return (
    <section
      aria-label={name}
      className="flex flex-col gap-2 rounded-control border border-line px-3 py-2"
    >
      <p className="flex items-center gap-2">
        <Icon size={14} aria-hidden className={`shrink-0 ${tone}`} />
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        <span className="text-12 text-text-2 tabular-nums">
          {total > 0 ? t('repair.count', { done, total }) : t(`repair.account.${state}`)}
        </span>
      </p>
      {failure && <p className="text-12 text-bad">{words(failure, host).sentence}</p>}
      {needsProof.length > 0 && (
        <ProofForm
          accountId={accountId}
          host={host ?? name}
          keys={needsProof.length}
          hasTotp={hasTotp}
        />
      )}
      <Names
        title={t('repair.failed')}
        keys={failed.map(({ keyId, name: key, failure: why }) => ({
          keyId,
          text: why ? `${key} · ${words(why, host).title}` : key,
        }))}
      />
      {lost.length > 0 && <Lost progress={progress} section={section} />}
      {waiting.length > 0 && (
        <details className="text-12">
          <summary className="w-fit rounded-control text-text-2">
            {t('repair.waiting', { count: waiting.length })}
          </summary>
          <Names keys={waiting.map(({ keyId, name: text }) => ({ keyId, text }))} />
        </details>
      )}
    </section>
  )
}

/** Keys the site showed once and nobody kept: only a new one helps. */
function Lost({ progress: { accountId, lost }, section }: Pick<Props, 'progress' | 'section'>) {
  const { t } = useTranslation('keys')
  const canCreate = (section?.list.features.create.length ?? 0) > 0
  return (
    <div className="text-12">
      <p className="text-text-2">{t('repair.lost')}</p>
      <ul className="flex flex-col gap-1">
        {lost.map(({ keyId, name }) => (
          <li key={keyId} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {canCreate && (
              <LinkButton
                size="s"
                aria-label={t('repair.replace-named', { name })}
                href={hrefOf({
                  page: 'keys',
                  panel: { kind: 'duplicate', account: accountId, key: keyId },
                })}
              >
                {t('lost.replace')}
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface NamesProps {
  title?: string
  keys: readonly { readonly keyId: string; readonly text: string }[]
}

function Names({ title, keys }: NamesProps) {
  if (keys.length === 0) return null
  return (
    <div className="text-12">
      {title !== undefined && <p className="text-text-2">{title}</p>}
      <ul className="max-h-40 overflow-y-auto">
        {keys.map(({ keyId, text }) => (
          <li key={keyId} className="truncate">
            {text}
          </li>
        ))}
      </ul>
    </div>
  )
}
