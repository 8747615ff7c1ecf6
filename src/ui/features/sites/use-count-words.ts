import { useTranslation } from 'react-i18next'

import type { SiteLine } from './site-lines'

/** "2 credentials", "1 notice channel": what besides accounts needs a site; kinds there are none of are left out. */
export function useCountWords(): (others: SiteLine['others']) => string[] {
  const { t } = useTranslation('sites')
  return ({ credentials, gateways, channels }) => [
    ...(credentials > 0 ? [t('why.credentials', { count: credentials })] : []),
    ...(gateways > 0 ? [t('why.gateways', { count: gateways })] : []),
    ...(channels > 0 ? [t('why.channels', { count: channels })] : []),
  ]
}
