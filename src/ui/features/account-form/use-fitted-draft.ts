import type { SiteDescription } from '@/src/domain/site-description'

import { useSiteDescription } from '../../queries/sites'
import { type Draft, type FittedValues, fitTo } from './draft'

/** The form's values as the chosen family has them, and that family once it is loaded. */
export function useFittedDraft(draft: Draft): {
  site: SiteDescription | undefined
  values: FittedValues
} {
  const site = useSiteDescription(draft.values.siteType)
  return { site, values: fitTo(draft, site) }
}
