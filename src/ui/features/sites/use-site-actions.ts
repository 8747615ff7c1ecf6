import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import { requestSiteAccess } from '@/src/platform/site-access'

import { SITE_ACCESS_KEY, useAutoHelp, useFindCodes } from '../../queries/sites'
import type { SiteLine } from './site-lines'

/** What the table lets a person do with a site; stable, so that rows are not rendered for nothing. */
export interface SiteActions {
  readonly askRevoke: (line: SiteLine) => void
  /** To be called first in a click handler: the browser shows its question only then. */
  readonly grant: (line: SiteLine) => void
  readonly setAutoHelp: (origin: string, allowed: boolean) => void
  readonly setFindCodes: (origin: string, on: boolean) => void
}

interface Acting {
  readonly actions: SiteActions
  /** What came of the last action. */
  readonly sentence: string
  /** Why the last choice was not stored. */
  readonly failure: Failure | null
  readonly tell: (sentence: string) => void
}

export function useSiteActions(onRevoke: (lines: readonly SiteLine[]) => void): Acting {
  const { t } = useTranslation('sites')
  const client = useQueryClient()
  const { set: setAutoHelp, failure: helpFailure } = useAutoHelp()
  const { set: setFindCodes, failure: codesFailure } = useFindCodes()
  const [sentence, tell] = useState('')
  const actions = useMemo(
    () => ({
      askRevoke: (line: SiteLine) => {
        onRevoke([line])
      },
      grant: (line: SiteLine) => {
        const asked = requestSiteAccess(line.site.origin).catch(() => false)
        void asked.then((granted) => {
          tell(t(granted ? 'granted-again' : 'refused', { site: line.label }))
          return client.invalidateQueries({ queryKey: SITE_ACCESS_KEY })
        })
      },
      setAutoHelp,
      setFindCodes,
    }),
    [onRevoke, setAutoHelp, setFindCodes, client, t],
  )
  return { actions, sentence, failure: helpFailure ?? codesFailure, tell }
}
