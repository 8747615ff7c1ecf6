import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { formatCount } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'

interface Props {
  /** How many codes are to be tried. */
  codes: number
  /** In the order they are tried. */
  accounts: readonly GlanceEntry[]
  busy: boolean
  onClose: () => void
  onConfirm: () => void
}

/** Asks before codes are tried at several accounts: each try counts at its site. */
export function OrderDialog({ codes, accounts, busy, onClose, onConfirm }: Props) {
  const { t, i18n } = useTranslation('redeem')
  const number = formatCount(codes, i18n.language)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('confirm.title', { count: codes, number, accounts: accounts.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('confirm.keep')}</Button>
          <Button variant="primary" busy={busy} onClick={onConfirm}>
            {t('confirm.go')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('confirm.order')}</p>
        <ol className="flex list-decimal flex-col gap-1 ps-6 wrap-anywhere">
          {accounts.map(({ row, title, host }) => (
            <li key={row.id}>
              <span className="font-medium">{title}</span>{' '}
              <span className="text-text-2">{host}</span>
            </li>
          ))}
        </ol>
        <p>{t('confirm.meaning')}</p>
        <p>{t('confirm.limit')}</p>
      </div>
    </Dialog>
  )
}
