import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure } from '@/src/domain/failure'
import { CURRENCIES } from '@/src/domain/money'
import { LANGUAGES, type Settings, THEMES } from '@/src/domain/settings'

import { FailureNotice } from '../../components/failure-notice'
import { RadioGroup } from '../../components/radio-group'
import { SelectField } from '../../components/select-field'
import { useSettings } from '../../queries/settings'
import { StorageSection } from './storage-section'

/** A language is named in itself, so that whoever needs it can find it. */
const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' } as const

/** What can be chosen for the whole product. Every choice is stored at once. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { settings, choose, saved, failure } = useChoices()
  return (
    <div className="flex max-w-160 flex-col gap-6 px-4 py-5 md:px-6">
      <header>
        <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      <section aria-labelledby="display" className="flex flex-col gap-5">
        <div className="flex items-baseline justify-between gap-3">
          <h2 id="display" className="text-15 font-semibold">
            {t('display')}
          </h2>
          <span role="status" className="text-12 text-text-2">
            {saved && t('saved')}
          </span>
        </div>
        {failure && <FailureNotice failure={failure} />}
        <div className="max-w-80">
          <SelectField
            label={t('language.label')}
            name="language"
            value={settings.language}
            onChange={(language) => void choose({ language })}
            options={[
              { value: 'auto', label: t('language.auto') },
              ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
            ]}
          />
        </div>
        <RadioGroup
          legend={t('theme.label')}
          name="theme"
          value={settings.theme}
          onChange={(theme) => void choose({ theme })}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
        <RadioGroup
          legend={t('currency.label')}
          name="currency"
          value={settings.currency}
          onChange={(currency) => void choose({ currency })}
          options={CURRENCIES.map((value) => ({
            value,
            label: t(`currency.${value}`),
            help: t(`currency.help.${value}`),
          }))}
        />
      </section>
      <StorageSection />
    </div>
  )
}

/** The settings, and what became of the last choice. */
function useChoices() {
  const { settings, update } = useSettings()
  const [outcome, setOutcome] = useState<Failure | 'saved' | null>(null)
  const latest = useRef(0)

  async function choose(edit: Partial<Settings>): Promise<void> {
    const mine = (latest.current += 1)
    setOutcome(null)
    const done = await update(edit)
    if (mine === latest.current) setOutcome(done.ok ? 'saved' : done.failure)
  }

  const saved = outcome === 'saved'
  return { settings, choose, saved, failure: saved ? null : outcome }
}
