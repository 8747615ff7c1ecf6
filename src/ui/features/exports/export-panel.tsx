import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'

import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'

interface Props {
  sources: readonly KeySource[]
  onClose: () => void
}

/** Every format there is comes with it: loaded when it is wanted. */
const ExportBody = lazy(async () => ({ default: (await import('./export-body')).ExportBody }))

/** Hands one or many keys to other programs. */
export function ExportPanel({ sources, onClose }: Props) {
  const { t } = useTranslation('exports')
  return (
    <SidePanel open onClose={onClose} title={t('title', { count: sources.length })}>
      <Suspense fallback={<Skeleton />}>
        <ExportBody sources={sources} />
      </Suspense>
    </SidePanel>
  )
}
