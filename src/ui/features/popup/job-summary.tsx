import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { JobProgress } from '@/src/domain/job'

/** How a refresh ended that this page has seen running; older ones are no news. */
export function JobSummary({ job }: { job: JobProgress | null }) {
  const { t } = useTranslation('popup')
  const [seen, setSeen] = useState<string | null>(null)
  if (job && job.state !== 'done' && job.jobId !== seen) setSeen(job.jobId)
  const ended = job?.state === 'done' && job.jobId === seen ? job : null
  return (
    <p role="status" className="absolute top-3 right-3 text-12 text-text-2">
      {ended === null
        ? null
        : ended.failed === 0
          ? t('refresh.done', { count: ended.succeeded })
          : t('refresh.done-failed', ended)}
    </p>
  )
}
