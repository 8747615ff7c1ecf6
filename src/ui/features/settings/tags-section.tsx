import { useQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Tag } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { IconButton } from '../../components/icon-button'
import { TextField } from '../../components/text-field'
import { glanceQuery } from '../../queries/accounts'
import { useCredentialChange } from '../../queries/credential-mutations'
import { credentialsQuery, tagsQuery } from '../../queries/credentials'

/** As the tag record holds it. */
const LONGEST = 60

/** Every tag, to be renamed or deleted everywhere at once. */
export function TagsSection() {
  const { t } = useTranslation('settings')
  const { data: tags, error } = useQuery(tagsQuery())
  const uses = useTagUses()
  const [renaming, setRenaming] = useState<string | null>(null)
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
              {renaming === tag.id ? (
                <RenameForm
                  tag={tag}
                  onDone={() => {
                    setRenaming(null)
                  }}
                />
              ) : (
                <>
                  <span className="min-w-0 flex-1 truncate">{tag.name}</span>
                  <span className="text-12 text-text-2 tabular-nums">
                    {uses && t('tags.uses', { count: uses(tag.id) })}
                  </span>
                  <IconButton
                    icon={Pencil}
                    label={t('tags.rename', { name: tag.name })}
                    onClick={() => {
                      setTold('')
                      setRenaming(tag.id)
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

function RenameForm({ tag, onDone }: { tag: Tag; onDone: () => void }) {
  const { t } = useTranslation('settings')
  const rename = useCredentialChange('tags.rename')
  const [name, setName] = useState(tag.name)
  const { failure } = rename
  const isAtField = failure?.class === 'input'

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (name.trim() === tag.name) {
      onDone()
      return
    }
    const done = await rename.run({ id: tag.id, name: name.slice(0, LONGEST) })
    if (done.ok) onDone()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
      className="flex flex-1 flex-wrap items-end gap-2 py-1"
    >
      <div className="min-w-40 flex-1">
        <TextField
          label={t('tags.name')}
          name="tagName"
          value={name}
          error={
            isAtField
              ? t(failure.reason === 'duplicate-tag' ? 'tags.duplicate' : 'tags.name-missing')
              : undefined
          }
          onChange={(next) => {
            rename.reset()
            setName(next)
          }}
          autoFocus
        />
      </div>
      <Button type="submit" variant="primary" busy={rename.busy}>
        {t('tags.save')}
      </Button>
      <Button variant="ghost" onClick={onDone}>
        {t('tags.cancel')}
      </Button>
      {failure && !isAtField && <FailureNotice failure={failure} />}
    </form>
  )
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
