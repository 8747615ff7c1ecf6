import { Suspense } from 'react'

import type { AccountsPanel } from './route'
import type { Screens } from './screens'
import { goTo } from './use-route'

interface Props {
  screens: Screens
  panel: AccountsPanel
}

/** The list of accounts and the panel that is open beside it. */
export function AccountsPlace({ screens, panel }: Props) {
  const { accounts: Accounts } = screens
  return (
    <>
      {/* Where there is room, the list stands beside the panel instead of under it. */}
      <div className={`h-full ${panel.kind === 'none' ? '' : 'min-[1200px]:pe-120'}`}>
        <Accounts
          openId={panel.kind === 'details' || panel.kind === 'edit' ? panel.id : null}
          onOpen={open}
          onEdit={edit}
          onAdd={add}
        />
      </div>
      <Suspense>
        <Panel screens={screens} panel={panel} />
      </Suspense>
    </>
  )
}

function Panel({ screens, panel }: Props) {
  const { accountDetails: Details, addAccount: Add, editAccount: Edit } = screens
  switch (panel.kind) {
    case 'none':
      return null
    case 'details':
      return (
        <Details
          key={panel.id}
          id={panel.id}
          onClose={close}
          onEdit={() => {
            edit(panel.id)
          }}
        />
      )
    case 'edit':
      return (
        <Edit
          key={panel.id}
          id={panel.id}
          onClose={() => {
            open(panel.id)
          }}
        />
      )
    case 'add': {
      const { kind: _, ...start } = panel
      return <Add {...start} onClose={close} onOpen={open} />
    }
  }
}

function show(panel: AccountsPanel): void {
  goTo({ page: 'accounts', panel })
}

function open(id: string): void {
  show({ kind: 'details', id })
}

function edit(id: string): void {
  show({ kind: 'edit', id })
}

function add(): void {
  show({ kind: 'add' })
}

function close(): void {
  show({ kind: 'none' })
}
