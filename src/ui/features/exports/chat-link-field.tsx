import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import { failureOf } from '@/src/domain/failure'

import { FailureNotice } from '../../components/failure-notice'
import type { FieldFrameProps } from '../../components/field'
import { SelectField } from '../../components/select-field'
import { Skeleton } from '../../components/skeleton'
import { fetchFromWorker } from '../../queries/fetcher'
import { siteLabel } from '../../view/matching'

interface Props extends FieldFrameProps {
  name: string
  /** The template. */
  value: string
  drafts: readonly ExportRecord[]
  onChange: (template: string) => void
}

/** Chat links the account's site publishes. Their names are the site's and only ever text. */
export function ChatLinkField({ value, drafts, onChange, ...frame }: Props) {
  const { t } = useTranslation('exports')
  const [draft] = drafts
  const links = useQuery({
    ...chatLinksQuery(draft?.source),
    enabled: draft?.source.kind === 'key',
  })
  if (draft?.source.kind !== 'key') return <p className="text-text-2">{t('chat-links.no-site')}</p>
  if (links.error) {
    const site = siteLabel(draft.baseUrl)
    return <FailureNotice failure={failureOf(links.error)} siteName={site} />
  }
  if (!links.data) return <Skeleton />
  if (links.data.length === 0) return <p className="text-text-2">{t('chat-links.none')}</p>
  const options = links.data.map(({ name, template }, index) => ({
    value: String(index),
    label: name.trim() || template,
  }))
  const chosen = links.data.findIndex(({ template }) => template === value)
  return (
    <SelectField
      {...frame}
      value={String(chosen)}
      onChange={(index) => {
        onChange(links.data[Number(index)]?.template ?? '')
      }}
      options={[{ value: '-1', label: t('chat-links.choose') }, ...options]}
    />
  )
}

function chatLinksQuery(source: KeySource | undefined) {
  return {
    queryKey: ['chat-links', source],
    queryFn: () => (source ? fetchFromWorker('exports.chatLinks', { source }) : []),
    staleTime: 60_000,
  }
}
