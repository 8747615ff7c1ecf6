import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Failure, Result } from '@/src/domain/failure'
import type { Settings } from '@/src/domain/settings'

import { FailureNotice } from '../../components/failure-notice'
import { useAutomationUpdate } from '../../queries/automation'
import { useSettings } from '../../queries/settings'
import { AutomationSections } from './automation-sections'
import { DisplaySection } from './display-section'
import { GatewaysSection } from './gateways-section'
import { KeysSection } from './keys-section'
import { SitesSection } from './sites-section'
import { StorageSection } from './storage-section'
import { TagsSection } from './tags-section'

/** What can be chosen for the whole product. Every choice is stored at once, typed values by their button. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { settings, update } = useSettings()
  const updateAutomation = useAutomationUpdate()
  const { follow, saved, failure } = useOutcome()
  const choose = (edit: Partial<Settings>) => {
    follow(update(edit))
  }
  return (
    <div className="flex max-w-160 flex-col gap-6 px-4 pb-5 md:px-6">
      {/* Stays in view: what became of a choice further down is said here. */}
      <div className="sticky top-0 z-10 flex flex-col gap-3 bg-page pt-5 pb-1">
        <header className="flex items-baseline justify-between gap-3">
          <h1 className="text-18 font-semibold outline-none">{t('title')}</h1>
          <span role="status" className="text-12 text-text-2">
            {saved && t('saved')}
          </span>
        </header>
        {failure && <FailureNotice failure={failure} />}
      </div>
      <p className="-mt-6 text-text-2">{t('sentence')}</p>
      <DisplaySection settings={settings} onChoose={choose} />
      <SitesSection
        helpIn={settings.helpIn}
        onChoose={(helpIn) => {
          choose({ helpIn })
        }}
      />
      <AutomationSections
        onChoose={(edit) => {
          follow(updateAutomation(edit))
        }}
      />
      <KeysSection settings={settings} onChoose={choose} />
      <GatewaysSection />
      <TagsSection />
      <StorageSection />
    </div>
  )
}

/** What became of the last choice. */
function useOutcome() {
  const [outcome, setOutcome] = useState<Failure | 'saved' | null>(null)
  const latest = useRef(0)

  async function follow(storing: Promise<Result<unknown>>): Promise<void> {
    const mine = (latest.current += 1)
    setOutcome(null)
    const done = await storing
    if (mine === latest.current) setOutcome(done.ok ? 'saved' : done.failure)
  }

  const saved = outcome === 'saved'
  return {
    follow: (storing: Promise<Result<unknown>>) => void follow(storing),
    saved,
    failure: saved ? null : outcome,
  }
}
