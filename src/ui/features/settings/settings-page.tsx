import { useTranslation } from 'react-i18next'

import { LANGUAGES, THEMES } from '@/src/domain/settings'
import { CURRENCIES } from '@/src/domain/money'

import { RadioGroup } from '../../components/radio-group'
import { SelectField } from '../../components/select-field'
import { StorageSection } from './storage-section'
import { SaveState } from './save-state'
import { useSavedSettings } from './use-saved-settings'

/** A language is named in itself, so that whoever needs it can find it. */
const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' } as const

/** What can be chosen for the whole product. Every choice is stored at once. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { settings, choose, outcome } = useSavedSettings()
  return (
    <div className="mx-auto flex max-w-160 flex-col gap-8 px-6 py-6">
      <header>
        <h1 className="text-18 font-semibold">{t('title')}</h1>
        <p className="text-text-2">{t('sentence')}</p>
      </header>
      <section aria-labelledby="display" className="flex flex-col gap-5">
        <div className="flex items-baseline gap-3">
          <h2 id="display" className="text-15 font-semibold">
            {t('display.title')}
          </h2>
          <SaveState outcome={outcome} />
        </div>
        <SelectField
          label={t('language.label')}
          help={t('language.help')}
          name="language"
          value={settings.language}
          onChange={(value) => {
            choose({ language: LANGUAGES.find((one) => one === value) ?? 'auto' })
          }}
          options={[
            { value: 'auto', label: t('language.auto') },
            ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
        />
        <RadioGroup
          legend={t('theme.label')}
          name="theme"
          value={settings.theme}
          onChange={(value) => {
            choose({ theme: THEMES.find((one) => one === value) ?? 'system' })
          }}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
        <RadioGroup
          legend={t('currency.label')}
          name="currency"
          value={settings.currency}
          onChange={(value) => {
            choose({ currency: CURRENCIES.find((one) => one === value) ?? 'USD' })
          }}
          options={CURRENCIES.map((value) => ({
            value,
            label: t(`currency.${value}`),
            help: t(`currencyHelp.${value}`),
          }))}
        />
      </section>
      <StorageSection />
    </div>
  )
}

export default SettingsPage
