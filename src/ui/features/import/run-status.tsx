import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { ProgressBar } from '../../components/progress-bar'
import { siteLabel } from '../../view/matching'
import type { Outcome } from './import-store'
import { askAndLook, isOpen, stopLooking } from './look'

interface Props {
  outcomes: readonly (readonly [string, Outcome])[]
  running: boolean
}

/** How far looking at the sites is, or what came of it. */
export function RunStatus({ outcomes, running }: Props) {
  return running ? <Running outcomes={outcomes} /> : <Finished outcomes={outcomes} />
}

function Running({ outcomes }: { outcomes: Props['outcomes'] }) {
  const { t } = useTranslation('import')
  const done = outcomes.filter(([, outcome]) => !isOpen(outcome)).length
  const [current = ''] = outcomes.find(([, { at }]) => at === 'looking') ?? []
  return (
    <div className="flex items-center gap-3 text-12">
      <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
        {t('result.progress', { done, total: outcomes.length })}
      </span>
      <ProgressBar value={done} max={outcomes.length} label={t('result.progress-label')} />
      <span aria-hidden className="w-40 shrink-0 truncate text-text-2 max-md:hidden">
        {siteLabel(current)}
      </span>
      <Button size="s" variant="ghost" onClick={stopLooking}>
        {t('action.cancel')}
      </Button>
    </div>
  )
}

function Finished({ outcomes }: { outcomes: Props['outcomes'] }) {
  const { t } = useTranslation('import')
  const originsAt = (wanted: Outcome['at']) =>
    outcomes.flatMap(([origin, { at }]) => (at === wanted ? [origin] : []))
  const [failed, stopped] = [originsAt('failed'), originsAt('stopped')]
  const again = [...failed, ...stopped]
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p role="status" className="font-medium">
        {t(stopped.length > 0 ? 'result.summary-stopped' : 'result.summary', {
          recognised: originsAt('recognised').length,
          failed: failed.length,
          stopped: stopped.length,
        })}
      </p>
      {again.length > 0 && (
        <Button size="s" onClick={() => void askAndLook(again)}>
          {t('action.look-again-at', { count: again.length })}
        </Button>
      )}
    </div>
  )
}
