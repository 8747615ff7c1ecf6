import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { requestSiteAccess } from '@/src/platform/site-access'

import { Button } from './button'

interface Props {
  origin: string
  onGranted: () => void
  tabIndex?: 0 | -1 | undefined
  /** What is said when the person refused; it is about an account unless given. */
  refusal?: string | undefined
}

/** Has the browser ask for access to one site, and says when the person refused. */
export function GrantAccess({ origin, onGranted, tabIndex, refusal }: Props) {
  const { t } = useTranslation('common')
  const [refused, setRefused] = useState(false)

  async function grant(): Promise<void> {
    // First of all: the browser shows its question only inside the click.
    const granted = await requestSiteAccess(origin).catch(() => false)
    setRefused(!granted)
    if (granted) onGranted()
  }

  return (
    <>
      <Button size="s" tabIndex={tabIndex} onClick={() => void grant()}>
        {t('access.grant')}
      </Button>
      <span role="status" className="empty:absolute">
        {refused && (refusal ?? t('access.refused'))}
      </span>
    </>
  )
}
