import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
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
  return (
    <>
      <div className="flex items-center gap-2 border-b border-line bg-panel px-2 py-1 min-[640px]:hidden">
        <IconButton
          icon={MenuIcon}
          label={t('nav.open')}
          aria-expanded={open}
          onClick={() => {
            setOpen(true)
          }}
        />
        <span className="font-semibold">{t('product')}</span>
      </div>
      <nav
        aria-label={t('nav.label')}
        className="hidden shrink-0 border-e border-line bg-panel px-2 py-4 min-[640px]:block min-[640px]:w-14 min-[900px]:w-54"
      >
        <p className="mb-4 px-2 text-15 font-semibold max-[899px]:sr-only">{t('product')}</p>
        <NavList page={page} collapsible />
      </nav>
      <NavDrawer
        open={open}
        onClose={() => {
          setOpen(false)
        }}
      >
        <NavList
          page={page}
          onChosen={() => {
            setOpen(false)
          }}
        />
      </NavDrawer>
    </>
  )
}
