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
  const { t, i18n } = useTranslation('account-form')
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
  const names = new Intl.ListFormat(i18n.language).format(existing.map(({ name }) => name))
  return <Notice tone="info">{t('stored.others', { count: existing.length, names })}</Notice>
}
