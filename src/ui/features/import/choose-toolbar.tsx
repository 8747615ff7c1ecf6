import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { SearchField } from '../../components/search-field'
import { SelectField } from '../../components/select-field'
import { Switch } from '../../components/switch'
import { formatCount } from '../../text/format'
import type { Found } from './candidates'
import { change, choose, useImport } from './import-store'

interface Props {
  found: Found
  /** How many sites search and folder leave. */
  shown: number
  /** Those of them that can be chosen. */
  choosable: readonly string[]
}

/** Narrows the list of sites and chooses many of them at once. */
export function ChooseToolbar({ found, shown, choosable }: Props) {
  const { t, i18n } = useTranslation('import')
  const { query, folder, includeStored } = useImport()
  const count = (value: number) => formatCount(value, i18n.language)
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex max-w-64 min-w-48 flex-1">
          <SearchField
            label={t('choose.search')}
            placeholder={t('choose.placeholder')}
            value={query}
            onChange={(typed) => {
              change({ query: typed })
            }}
          />
        </div>
        <div className="max-w-64 min-w-48 flex-1">
          <SelectField
            label={t('choose.folder')}
            name="folder"
            value={folder}
            onChange={(name) => {
              change({ folder: name })
            }}
            options={[
              { value: '', label: t('choose.every-folder') },
              ...found.folders.map((name) => ({ value: name, label: name })),
            ]}
          />
        </div>
        <ManyButtons choosable={choosable} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-12 text-text-2">
          {t('choose.count', { shown: count(shown), total: count(found.candidates.length) })}{' '}
          {t('choose.ignored', {
            repeated: count(found.ignored.repeated),
            nonWeb: count(found.ignored.nonWeb),
            malformed: count(found.ignored.malformed),
          })}
        </p>
        <Switch
          label={t('choose.include-stored')}
          checked={includeStored}
          onChange={(include) => {
            change({ includeStored: include })
          }}
        />
      </div>
    </>
  )
}

/** Of the sites shown. */
function ManyButtons({ choosable }: { choosable: readonly string[] }) {
  const { t } = useTranslation('import')

  function invert(): void {
    const { chosen } = useImport.getState()
    const were = choosable.filter((origin) => chosen.has(origin))
    choose(choosable, true)
    choose(were, false)
  }

  return (
    <div role="group" aria-label={t('choose.many')} className="flex gap-2">
      <Button
        onClick={() => {
          choose(choosable, true)
        }}
      >
        {t('choose.all')}
      </Button>
      <Button
        onClick={() => {
          choose(choosable, false)
        }}
      >
        {t('choose.none')}
      </Button>
      <Button onClick={invert}>{t('choose.invert')}</Button>
    </div>
  )
}
