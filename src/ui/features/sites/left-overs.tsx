import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import type { SiteLine } from './site-lines'

interface Props {
  lines: readonly SiteLine[]
  onRevoke: (lines: readonly SiteLine[]) => void
}

/** Sites that may be reached although no account needs them, to be given back together. */
export function LeftOvers({ lines, onRevoke }: Props) {
  const { t } = useTranslation('sites')
  if (lines.length === 0) return null
  return (
    <Notice
      tone="info"
      title={t('left-over.title', { count: lines.length })}
      action={
        <Button
          size="s"
          onClick={() => {
            onRevoke(lines)
          }}
        >
          {t('left-over.revoke', { count: lines.length })}
        </Button>
      }
    >
      {t('left-over.sentence')}
    </Notice>
  )
}
