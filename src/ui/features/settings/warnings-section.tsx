import { useTranslation } from 'react-i18next'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { AutomationSettings } from '@/src/domain/automation-settings'

import { Section } from './section'
import { SectionForm } from './section-form'
import { TypedField } from './typed-field'
import { useSectionForm } from './use-section-form'

const RULES = {
  lowBalanceUsd: { is: 'amount', limits: AUTOMATION_LIMITS.lowBalanceUsd },
  planDays: { is: 'whole', limits: AUTOMATION_LIMITS.warnDays },
  loginDays: { is: 'whole', limits: AUTOMATION_LIMITS.warnDays },
  cooldownHours: { is: 'whole', limits: AUTOMATION_LIMITS.cooldownHours },
} as const

/** What the popup warns of before it needs the user. */
export function WarningsSection({ stored }: { stored: AutomationSettings['warnings'] }) {
  const { t } = useTranslation('automation')
  const form = useSectionForm({ section: 'warnings', stored, rules: RULES })
  return (
    <Section id="warnings" title={t('warnings.title')} sentence={t('warnings.sentence')}>
      <SectionForm form={form} label={t('warnings.title')}>
        <TypedField
          form={form}
          field="lowBalanceUsd"
          label={t('warnings.low')}
          help={t('warnings.low-help')}
          inputMode="decimal"
        />
        <TypedField
          form={form}
          field="planDays"
          label={t('warnings.plan')}
          help={t('warnings.never')}
          inputMode="numeric"
        />
        <TypedField
          form={form}
          field="loginDays"
          label={t('warnings.login')}
          help={t('warnings.login-help')}
          inputMode="numeric"
        />
        <TypedField
          form={form}
          field="cooldownHours"
          label={t('warnings.cooldown')}
          help={t('warnings.cooldown-help')}
          inputMode="numeric"
        />
      </SectionForm>
    </Section>
  )
}
