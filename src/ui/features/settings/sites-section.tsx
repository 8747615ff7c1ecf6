import { useTranslation } from 'react-i18next'

import { HELP_PLACES, type HelpPlace } from '@/src/domain/settings'

import { RadioGroup } from '../../components/radio-group'
import { hrefOf } from '../shell/route'

interface Props {
  helpIn: HelpPlace
  onChoose: (helpIn: HelpPlace) => void
}

/** How sites are opened, and where it is decided which ones may be reached. */
export function SitesSection({ helpIn, onChoose }: Props) {
  const { t } = useTranslation('settings')
  return (
    <section aria-labelledby="sites" className="flex flex-col gap-5 border-t border-line pt-6">
      <h2 id="sites" className="text-15 font-semibold">
        {t('sites.title')}
      </h2>
      <RadioGroup
        legend={t('sites.help-in.label')}
        name="helpIn"
        value={helpIn}
        onChange={onChoose}
        options={HELP_PLACES.map((value) => ({ value, label: t(`sites.help-in.${value}`) }))}
      />
      <p>
        {t('sites.access')}{' '}
        <a href={hrefOf({ page: 'sites' })} className="text-accent underline">
          {t('sites.access-link')}
        </a>
      </p>
    </section>
  )
}
