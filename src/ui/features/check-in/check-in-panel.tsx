import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { GonePanel } from '../../components/gone-panel'
import { LinkButton } from '../../components/link-button'
import { SidePanel } from '../../components/side-panel'
import { useCheckInChange, useCheckInPages } from '../../queries/check-in-mutations'
import { useFailureText } from '../../text/failure-text'
import { hrefOf } from '../shell/route'
import type { CheckInEntry } from './entries'
import { MonthSection } from './month-section'
import { StateMark } from './state-mark'

interface Props {
  /** Absent = the account is gone, or has no check-in. */
  entry: CheckInEntry | undefined
  onClose: () => void
}

/** One account's check-ins: how it stands today, and its days. */
export function CheckInPanel({ entry, onClose }: Props) {
  const { t } = useTranslation('check-in')
  if (!entry) {
    return <GonePanel title={t('title')} sentence={t('gone')} onClose={onClose} />
  }
  return <OpenPanel entry={entry} onClose={onClose} />
}

function OpenPanel({ entry, onClose }: { entry: CheckInEntry; onClose: () => void }) {
  const run = useCheckInChange('checkIn.run')
  const look = useCheckInChange('checkIn.look')
  const open = useCheckInPages()
  const { t } = useTranslation('check-in')
  const { id, account, can, row } = entry
  const input = { accountIds: [id] }
  const failure = run.failure ?? look.failure ?? open.failure
  return (
    <SidePanel
      open
      onClose={onClose}
      title={account.title}
      footer={
        <>
          {can.open && (
            <Button busy={open.busy} onClick={() => void open.run(input)}>
              {t('action.open')}
            </Button>
          )}
          {can.run && (
            <>
              <Button busy={look.busy} onClick={() => void look.run(input)}>
                {t('action.look')}
              </Button>
              <Button
                variant="primary"
                busy={row.running || run.busy}
                onClick={() => void run.run(input)}
              >
                {t('action.run')}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {failure && <FailureNotice failure={failure} siteName={account.host} />}
        <Today entry={entry} />
        <MonthSection entry={entry} />
      </div>
    </SidePanel>
  )
}

function Today({ entry }: { entry: CheckInEntry }) {
  const { t } = useTranslation('check-in')
  const { mark, row, account, id } = entry
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('panel.today')}</h3>
      <StateMark entry={entry} />
      <Cause entry={entry} />
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
        {mark && (
          <Fact name={t('panel.found')}>
            <Age atMs={mark.atMs} />
          </Fact>
        )}
        <Fact name={t('panel.by-itself')}>
          {t(row.way === 'page' ? 'panel.own-page' : row.automatic ? 'panel.on' : 'panel.off')}
        </Fact>
        <Fact name={t('panel.site')}>{account.host}</Fact>
      </dl>
      <p>
        <LinkButton size="s" href={hrefOf({ page: 'accounts', panel: { kind: 'edit', id } })}>
          {t('action.edit')}
        </LinkButton>
      </p>
    </section>
  )
}

/** What stands in the way, in sentences. */
function Cause({ entry: { mark, account } }: { entry: CheckInEntry }) {
  const { t } = useTranslation('check-in')
  const words = useFailureText()
  const failure = mark?.failure
  if (!failure) return null
  if (failure.reason === 'turnstile') {
    return <p className="text-text-2">{t('panel.turnstile', { host: account.host })}</p>
  }
  const { sentence, nextStep } = words(failure, account.host)
  return (
    <div>
      <p>{sentence}</p>
      {failure.detail && <p>{t('says', { words: failure.detail })}</p>}
      <p className="text-text-2">{nextStep}</p>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-2">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
