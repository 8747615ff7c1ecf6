import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import { Mark } from '../../components/mark'
import { NavDrawer } from './nav-drawer'
import { NavList } from './nav-list'
import type { Route } from './route'

interface Props {
  page: Route['page']
}

/** A column of pages; only icons below 900 px, and a drawer behind a button below 640 px. */
export function Navigation({ page }: Props) {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
  }
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-panel px-2 sm:hidden">
        <IconButton
          icon={MenuIcon}
          label={t('nav.open')}
          aria-expanded={open}
          onClick={() => {
            setOpen(true)
          }}
        />
        <span className="text-15 font-semibold">{t('product')}</span>
      </div>
      <nav
        aria-label={t('nav.label')}
        className="hidden w-13 shrink-0 flex-col border-e border-line bg-panel p-2 sm:flex md:w-54"
      >
        <p className="mt-3 mb-4 flex items-center gap-2 px-2 text-15 font-semibold">
          <Mark />
          <span className="max-md:sr-only">{t('product')}</span>
        </p>
        <NavList page={page} collapsible />
      </nav>
      {open && (
        <NavDrawer onClose={close}>
          <NavList page={page} onChosen={close} />
        </NavDrawer>
      )}
    </>
  )
}
