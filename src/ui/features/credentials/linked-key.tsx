import { Link, Unlink } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { CredentialView } from '@/src/domain/credential'

import { hrefOf } from '../shell/route'

/** Leads to the account's key a credential was saved from, and shows when that key is gone. */
export function LinkedKey({ view }: { view: CredentialView }) {
  const { t } = useTranslation('credentials')
  const { link } = view.decided
  if (!link) return null
  const isGone = view.linkState === 'gone'
  const label = t(isGone ? 'link.gone' : 'link.there')
  const Icon = isGone ? Unlink : Link
  return (
    <a
      href={hrefOf({
        page: 'keys',
        panel: { kind: 'details', account: link.accountId, key: link.keyId },
      })}
      title={label}
      className={`relative z-1 inline-flex shrink-0 rounded-control p-1 hover:bg-hover ${isGone ? 'text-attention' : 'text-text-2'}`}
    >
      <Icon size={14} aria-hidden />
      <span className="sr-only">{label}</span>
    </a>
  )
}
