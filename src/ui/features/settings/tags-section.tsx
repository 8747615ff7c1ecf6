import { useQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Tag } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { IconButton } from '../../components/icon-button'
import { glanceQuery } from '../../queries/accounts'
import { useCredentialChange } from '../../queries/credential-mutations'
import { credentialsQuery, tagsQuery } from '../../queries/credentials'
import { formatAmount } from '../../text/format'
import { TagForm } from './tag-form'

/** Every tag, to be changed or deleted everywhere at once. */
export function TagsSection() {
  const { t, i18n } = useTranslation('settings')
  const { data: tags, error } = useQuery(tagsQuery())
  const uses = useTagUses()
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Tag | null>(null)
  const [told, setTold] = useState('')
  return (
    <section aria-labelledby="tags" className="flex flex-col gap-3 border-t border-line pt-6">
      <h2 id="tags" className="text-15 font-semibold">
        {t('tags.title')}
      </h2>
      <p className="text-text-2">{t('tags.sentence')}</p>
      {error && <FailureNotice failure={failureOf(error)} />}
      {tags?.length === 0 && <p>{t('tags.none')}</p>}
      {tags && tags.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
          {tags.map((tag) => (
            <li key={tag.id} className="flex min-h-10 items-center gap-2 px-3 py-1">
              {editing === tag.id ? (
                <TagForm
                  tag={tag}
                  onDone={() => {
                    setEditing(null)
                  }}
                />
              ) : (
                <>
                  <span className="min-w-0 flex-1 truncate">{tag.name}</span>
                  {tag.lowBalanceUsd !== undefined && (
                    <span className="text-12 text-text-2 tabular-nums">
                      {t('tags.low-below', {
                        amount: formatAmount(tag.lowBalanceUsd, 'USD', i18n.language),
                      })}
                    </span>
                  )}
                  <span className="text-12 text-text-2 tabular-nums">
                    {uses && t('tags.uses', { count: uses(tag.id) })}
                  </span>
                  <IconButton
                    icon={Pencil}
                    label={t('tags.edit', { name: tag.name })}
                    onClick={() => {
                      setTold('')
                      setEditing(tag.id)
                    }}
                  />
                  <IconButton
                    icon={Trash2}
                    label={t('tags.delete', { name: tag.name })}
                    onClick={() => {
                      setTold('')
                      setRemoving(tag)
                    }}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="text-12 text-text-2 empty:hidden">
        {told}
      </p>
      {removing && (
        <RemoveTag
          tag={removing}
          uses={uses?.(removing.id) ?? null}
          onClose={() => {
            setRemoving(null)
          }}
          onRemoved={(used) => {
            setTold(t('tags.deleted', { name: removing.name, count: used }))
          }}
        />
      )}
    </section>
  )
}

/** How many accounts and credentials have a tag; `null` while that is not known. */
function useTagUses(): ((tagId: string) => number) | null {
  const { data: glance } = useQuery(glanceQuery())
  const { data: credentials } = useQuery(credentialsQuery())
  if (!glance || !credentials) return null
  const ids = [
    ...glance.rows.map(({ tagIds = [] }) => tagIds),
    ...credentials.map(({ decided }) => decided.tagIds),
  ]
  return (tagId) => ids.filter((one) => one.includes(tagId)).length
}

interface RemoveProps {
  tag: Tag
  /** `null` = not known. */
  uses: number | null
  onClose: () => void
  onRemoved: (used: number) => void
}

function RemoveTag({ tag, uses, onClose, onRemoved }: RemoveProps) {
  const { t } = useTranslation('settings')
  const remove = useCredentialChange('tags.remove')

  async function confirm(): Promise<void> {
    const done = await remove.run({ id: tag.id })
    if (!done.ok) return
    onRemoved(done.value.used)
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      tone="bad"
      title={t('tags.delete-title', { name: tag.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('tags.keep')}</Button>
          <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
            {t('tags.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{uses === null ? t('tags.delete-meaning') : t('tags.delete-uses', { count: uses })}</p>
        {remove.failure && <FailureNotice failure={remove.failure} />}
      </div>
    </Dialog>
  )
}
