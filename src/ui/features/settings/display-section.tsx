import { useTranslation } from 'react-i18next'

import { CURRENCIES } from '@/src/domain/money'
import { LANGUAGES, type Settings, THEMES } from '@/src/domain/settings'

import { RadioGroup } from '../../components/radio-group'
import { SelectField } from '../../components/select-field'

/** A language is named in itself, so that whoever needs it can find it. */
const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' } as const

interface Props {
  settings: Settings
  onChoose: (edit: Partial<Settings>) => void
}

/** How everything looks. */
export function DisplaySection({ settings, onChoose }: Props) {
  const { t } = useTranslation('settings')
  return (
    <section aria-labelledby="display" className="flex flex-col gap-5">
      <h2 id="display" className="text-15 font-semibold">
        {t('display')}
      </h2>
      <div className="max-w-80">
        <SelectField
          label={t('language.label')}
          name="language"
          value={settings.language}
          onChange={(language) => {
            onChoose({ language })
          }}
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
        onChange={(theme) => {
          onChoose({ theme })
        }}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
      />
      <RadioGroup
        legend={t('currency.label')}
        name="currency"
        value={settings.currency}
        onChange={(currency) => {
          onChoose({ currency })
        }}
        options={CURRENCIES.map((value) => ({
          value,
          label: t(`currency.${value}`),
          help: t(`currency.help.${value}`),
        }))}
      />
    </section>
  )
}
