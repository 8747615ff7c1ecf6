import { useTranslation } from 'react-i18next'

import { AUTOMATION_LIMITS } from '@/src/domain/automation-limits'
import type { AutomationSettings } from '@/src/domain/automation-settings'

import { RadioGroup } from '../../components/radio-group'
import { Switch } from '../../components/switch'
import type { Choose } from './automation-sections'
import { Section } from './section'
import { SectionForm } from './section-form'
import { TypedField } from './typed-field'
import { useSectionForm } from './use-section-form'

const RULES = {
  from: { is: 'time' },
  to: { is: 'time' },
  mode: { is: 'choice' },
  at: { is: 'time' },
  retryEveryMin: { is: 'whole', limits: AUTOMATION_LIMITS.retryEveryMin },
  retryMost: { is: 'whole', limits: AUTOMATION_LIMITS.retryMost },
} as const

interface Props {
  stored: AutomationSettings['checkIn']
  onChoose: Choose
}

/** Whether and when accounts are checked in, and what happens where that fails. */
export function CheckInSection({ stored, onChoose }: Props) {
  const { t } = useTranslation('automation')
  const form = useSectionForm({ section: 'checkIn', stored, rules: RULES })
  const { texts, change } = form
  const choose = (edit: Partial<Props['stored']>) => {
    onChoose({ checkIn: { ...stored, ...edit } })
  }
  return (
    <Section id="check-in" title={t('check-in.title')} sentence={t('check-in.sentence')}>
      <Switch
        label={t('check-in.enabled')}
        name="checkInEnabled"
        checked={stored.enabled}
        onChange={(enabled) => {
          choose({ enabled })
        }}
      />
      <Switch
        label={t('check-in.on-popup')}
        help={t('check-in.on-popup-help')}
        name="checkInOnPopup"
        checked={stored.onPopup}
        onChange={(onPopup) => {
          choose({ onPopup })
        }}
      />
      <Switch
        label={t('check-in.retry')}
        help={t('check-in.retry-help')}
        name="checkInRetry"
        checked={stored.retry}
        onChange={(retry) => {
          choose({ retry })
        }}
      />
      <SectionForm form={form} label={t('check-in.title')}>
        <fieldset className="flex min-w-0 flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('check-in.window')}</legend>
          <div className="grid grid-cols-2 gap-3">
            <TypedField form={form} field="from" label={t('check-in.from')} type="time" />
            <TypedField form={form} field="to" label={t('check-in.to')} type="time" />
          </div>
          <p className="text-12 text-text-2">{t('check-in.window-help')}</p>
        </fieldset>
        <RadioGroup
          legend={t('check-in.mode')}
          name="mode"
          value={texts.mode === 'fixed' ? 'fixed' : 'random'}
          onChange={(mode) => {
            change('mode', mode)
            // A field that is not there must not keep the others from being stored.
            if (mode === 'random') change('at', stored.at)
          }}
          options={[
            { value: 'random', label: t('check-in.random'), help: t('check-in.random-help') },
            { value: 'fixed', label: t('check-in.fixed') },
          ]}
        />
        {texts.mode === 'fixed' && (
          <TypedField form={form} field="at" label={t('check-in.at')} type="time" />
        )}
        <TypedField
          form={form}
          field="retryEveryMin"
          label={t('check-in.retry-every')}
          inputMode="numeric"
        />
        <TypedField
          form={form}
          field="retryMost"
          label={t('check-in.retry-most')}
          help={t('check-in.retry-most-help')}
          inputMode="numeric"
        />
      </SectionForm>
    </Section>
  )
}
