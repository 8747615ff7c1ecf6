import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { DamagedRecord } from '@/src/messaging/protocol'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { useAccountChange } from '../../queries/account-mutations'

/** Says that stored records cannot be opened, and removes them when the person wants that. */
export function DamagedNotice({ damaged }: { damaged: readonly DamagedRecord[] }) {
  const { t } = useTranslation('accounts')
  const [asking, setAsking] = useState(false)
  const remove = useAccountChange('storage.removeDamaged')
  if (damaged.length === 0) return null

  async function confirm(): Promise<void> {
    const records = damaged.map(({ store, id }) => ({ store, id }))
    const done = await remove.run({ records })
    if (done.ok) setAsking(false)
  }

  return (
    <Notice
      tone="attention"
      title={t('damaged.title', { total: damaged.length })}
      action={
        <Button
          size="s"
          onClick={() => {
            setAsking(true)
          }}
        >
          {t('damaged.remove')}
        </Button>
      }
    >
      {t('damaged.sentence')}
      <Dialog
        open={asking}
        onClose={() => {
          setAsking(false)
        }}
        title={t('damaged.ask-title')}
        footer={
          <>
            <Button
              onClick={() => {
                setAsking(false)
              }}
            >
              {t('action.keep')}
            </Button>
            <Button variant="danger" busy={remove.busy} onClick={() => void confirm()}>
              {t('damaged.remove')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <p>{t('damaged.meaning')}</p>
          {remove.failure && <FailureNotice failure={remove.failure} />}
        </div>
      </Dialog>
    </Notice>
  )
}
