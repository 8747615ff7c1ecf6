import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { useRevoke } from '../../queries/sites'
import { KeptNotice } from '../import/kept-notice'
import { siteLabel } from '../../view/matching'
import { type SiteLine, sumOf } from './site-lines'
import { useCountWords } from './use-count-words'

/** How many are named one by one before the rest is only counted. */
const NAMED = 6

interface Props {
  lines: readonly SiteLine[]
  onClose: () => void
  /** The browser took all of them back. */
  onDone: (lines: readonly SiteLine[]) => void
}

/** Asks before access is given back, naming what loses it. */
export function RevokeDialog({ lines, onClose, onDone }: Props) {
  const { t } = useTranslation('sites')
  const revoke = useRevoke()
  const [kept, setKept] = useState<readonly string[]>([])
  const [first] = lines
  const accounts = lines.flatMap((line) => line.accounts)
  const countWords = useCountWords()
  const counts = countWords(sumOf(lines.map((line) => line.others)))

  async function confirm(): Promise<void> {
    const left = await revoke.run(lines.map(({ site }) => site.origin))
    setKept(left)
    if (left.length === 0) onDone(lines)
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={
        lines.length === 1 && first
          ? t('revoke.title-one', { site: first.label })
          : t('revoke.title-many', { total: lines.length })
      }
      footer={
        <>
          <Button onClick={onClose}>{t('action.keep')}</Button>
          <Button variant="danger" busy={revoke.busy} onClick={() => void confirm()}>
            {t('action.revoke')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {accounts.length > 0 && (
          <Names
            heading={t('revoke.accounts', { count: accounts.length })}
            names={accounts.map(({ name }) => name)}
          />
        )}
        {counts.length > 0 && <Names heading={t('revoke.others')} names={counts} />}
        {accounts.length + counts.length === 0 && (
          <Names heading={t('revoke.unused')} names={lines.map(({ label }) => label)} />
        )}
        <Siblings lines={lines} />
        <p>{t('revoke.meaning')}</p>
        {kept.length > 0 && <KeptNotice origins={kept} />}
      </div>
    </Dialog>
  )
}

function Names({ heading, names }: { heading: string; names: readonly string[] }) {
  const { t } = useTranslation('sites')
  return (
    <div>
      <p>{heading}</p>
      <ul className="mt-1 flex list-disc flex-col gap-1 ps-5 wrap-anywhere">
        {names.slice(0, NAMED).map((name, at) => (
          <li key={at} className="font-medium">
            {name}
          </li>
        ))}
        {names.length > NAMED && (
          <li className="text-text-2">{t('revoke.more', { total: names.length - NAMED })}</li>
        )}
      </ul>
    </div>
  )
}

/** Other ports that lose access along with what was chosen. */
function Siblings({ lines }: { lines: readonly SiteLine[] }) {
  const { t, i18n } = useTranslation('sites')
  const chosen = new Set(lines.map(({ site }) => site.origin))
  const others = [...new Set(lines.flatMap((line) => line.siblings))].filter(
    (origin) => !chosen.has(origin),
  )
  if (others.length === 0) return null
  const sites = new Intl.ListFormat(i18n.language).format(others.map(siteLabel))
  return <p>{t('revoke.siblings', { sites })}</p>
}
