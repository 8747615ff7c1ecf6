import { useTranslation } from 'react-i18next'

import type { Badge } from '@/src/domain/automation-settings'

import { RadioGroup } from '../../components/radio-group'
import type { Choose } from './automation-sections'
import { Section } from './section'

const BADGES: readonly Badge[] = ['off', 'needs-you', 'total']

interface Props {
  badge: Badge
  onChoose: Choose
}

/** What stands on the icon in the browser's toolbar. */
export function BadgeSection({ badge, onChoose }: Props) {
  const { t } = useTranslation('automation')
  return (
    <Section id="badge" title={t('badge.title')}>
      <RadioGroup
        legend={t('badge.label')}
        name="badge"
        value={badge}
        onChange={(chosen) => {
          onChoose({ badge: chosen })
        }}
        options={BADGES.map((value) => ({ value, label: t(`badge.${value}`) }))}
      />
    </Section>
  )
}
