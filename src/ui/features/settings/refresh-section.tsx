import { useTranslation } from 'react-i18next'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { AutomationSettings } from '@/src/domain/automation-settings'

import { Switch } from '../../components/switch'
import type { Choose } from './automation-sections'
import { Section } from './section'
import { SectionForm } from './section-form'
import { TypedField } from './typed-field'
import { useSectionForm } from './use-section-form'

const RULES = {
  everyMin: { is: 'whole', limits: AUTOMATION_LIMITS.refreshEveryMin },
  minAgeSec: { is: 'whole', limits: AUTOMATION_LIMITS.refreshMinAgeSec },
} as const

interface Props {
  stored: AutomationSettings['refresh']
  onChoose: Choose
}

/** Whether figures are fetched without being asked for, and how often at most. */
export function RefreshSection({ stored, onChoose }: Props) {
  const { t } = useTranslation('automation')
  const form = useSectionForm({ section: 'refresh', stored, rules: RULES })
  const choose = (edit: Partial<Props['stored']>) => {
    onChoose({ refresh: { ...stored, ...edit } })
  }
  return (
    <Section id="refresh" title={t('refresh.title')} sentence={t('refresh.sentence')}>
      <Switch
        label={t('refresh.enabled')}
        name="refreshEnabled"
        checked={stored.enabled}
        onChange={(enabled) => {
          choose({ enabled })
        }}
      />
      <Switch
        label={t('refresh.on-popup')}
        help={t('refresh.on-popup-help')}
        name="refreshOnPopup"
        checked={stored.onPopup}
        onChange={(onPopup) => {
          choose({ onPopup })
        }}
      />
      <SectionForm form={form} label={t('refresh.title')}>
        <TypedField form={form} field="everyMin" label={t('refresh.every')} inputMode="numeric" />
        <TypedField
          form={form}
          field="minAgeSec"
          label={t('refresh.age')}
          help={t('refresh.age-help')}
          inputMode="numeric"
        />
      </SectionForm>
    </Section>
  )
}
