import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { failureOf } from '@/src/domain/failure'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Skeleton } from '../../components/skeleton'
import { type AutomationEdit, automationQuery } from '../../queries/automation'
import { BadgeSection } from './badge-section'
import { CheckInSection } from './check-in-section'
import { NoticesSection } from './notices-section'
import { RefreshSection } from './refresh-section'
import { WarningsSection } from './warnings-section'

/** What a section of the automation gets. Choices take effect at once, typed values by their button. */
export type Choose = (edit: AutomationEdit) => void

/** Everything that runs by itself. */
export function AutomationSections({ onChoose }: { onChoose: Choose }) {
  const { t } = useTranslation(['automation', 'common'])
  const { data: settings, error, refetch } = useQuery(automationQuery())
  if (settings) {
    return (
      <>
        <RefreshSection stored={settings.refresh} onChoose={onChoose} />
        <CheckInSection stored={settings.checkIn} onChoose={onChoose} />
        <WarningsSection stored={settings.warnings} />
        <BadgeSection badge={settings.badge} onChoose={onChoose} />
        <NoticesSection stored={settings.notices} onChoose={onChoose} />
      </>
    )
  }
  if (error) {
    return (
      <FailureNotice
        failure={failureOf(error)}
        action={
          <Button size="s" onClick={() => void refetch()}>
            {t('common:action.retry')}
          </Button>
        }
      />
    )
  }
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
