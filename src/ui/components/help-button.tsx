import { useTranslation } from 'react-i18next'

import type { HelpProgress } from '@/src/domain/help'

import type { HelpHandle } from '../queries/help'
import { Button } from './button'

interface Props {
  origin: string
  help: Pick<HelpHandle, 'progress' | 'start'>
  tabIndex?: 0 | -1 | undefined
}

/** Opens a site so that its check can be passed; meanwhile it says how far that is. */
export function HelpButton({ origin, help, tabIndex }: Props) {
  const { t } = useTranslation('common')
  const step = stepOf(help.progress, origin)
  return (
    <Button
      size="s"
      tabIndex={tabIndex}
      busy={step !== 'open' && step !== 'in-line'}
      aria-disabled={step === 'in-line' || undefined}
      onClick={() => {
        if (step === 'open') help.start([origin])
      }}
    >
      {t(`help.${step}`)}
    </Button>
  )
}

function stepOf(progress: HelpProgress | null, origin: string) {
  if (progress?.current?.origin === origin) return progress.current.phase
  return progress?.left.includes(origin) ? 'in-line' : 'open'
}
