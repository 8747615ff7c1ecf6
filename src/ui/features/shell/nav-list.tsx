import { useTranslation } from 'react-i18next'

import { NAV_GROUPS, type NavEntry } from './places'
import type { Route } from './route'

interface Props {
  page: Route['page']
  /** Words give way to icons where the column is narrow. */
  collapsible?: boolean
  onChosen?: () => void
}

export function NavList({ page, collapsible = false, onChosen }: Props) {
  const { t } = useTranslation('shell')
  return (
    <div className="flex flex-col gap-4">
      {NAV_GROUPS.map(({ id, entries }) => (
        <ul key={id} aria-label={t(`group.${id}`)} className="flex flex-col gap-1">
          {entries.map((entry) => (
            <li key={entry.page}>
              <NavLink
                entry={entry}
                label={t(`page.${entry.page}`)}
                current={entry.page === page}
                collapsible={collapsible}
                onChosen={onChosen}
              />
            </li>
          ))}
        </ul>
      ))}
    </div>
  )
}

interface LinkProps {
  entry: NavEntry
  label: string
  current: boolean
  collapsible: boolean
  onChosen: (() => void) | undefined
}

function NavLink({
  entry: { icon: Icon, href },
  label,
  current,
  collapsible,
  onChosen,
}: LinkProps) {
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      title={collapsible ? label : undefined}
      onClick={onChosen}
      className={`flex h-9 items-center gap-3 rounded-control px-2.5 hover:bg-raised ${
        current ? 'bg-raised font-medium' : 'text-text-2'
      }`}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <span className={collapsible ? 'max-md:sr-only' : ''}>{label}</span>
    </a>
  )
}
