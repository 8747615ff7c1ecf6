import { useTranslation } from 'react-i18next'

import type { Recognition } from '@/src/domain/recognition'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'

interface Props {
  existing: Recognition['existing']
  onOpen: (id: string) => void
}

/** The accounts stored for the same site, and the same user's one in particular. */
export function StoredAccounts({ existing, onOpen }: Props) {
  const { t } = useTranslation('account-form')
  if (existing.length === 0) return null
  const same = existing.find(({ sameUser }) => sameUser)
  if (same) {
    return (
      <Notice
        tone="attention"
        title={t('stored.same-title')}
        action={
          <Button
            onClick={() => {
              onOpen(same.id)
            }}
          >
            {t('action.open-existing')}
          </Button>
        }
      >
        {t('stored.same', { name: same.name })}
      </Notice>
    )
  }
  return (
    <Notice tone="info" title={t('stored.others', { count: existing.length })}>
      <ul className="max-h-40 overflow-y-auto">
        {existing.map(({ id, name }) => (
          <li key={id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <Button
              size="s"
              variant="ghost"
              aria-label={t('stored.open', { name })}
              onClick={() => {
                onOpen(id)
              }}
            >
              {t('action.open')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-text-2">{t('stored.another')}</p>
    </Notice>
  )
}
