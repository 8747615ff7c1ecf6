import { ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import type { GlanceEntry } from '../../view/glance-view'

interface Props {
  ids: readonly string[]
  entries: ReadonlyMap<string, GlanceEntry>
  onChange: (ids: readonly string[]) => void
}

/** In which order the accounts are tried. */
export function AccountOrder({ ids, entries, onChange }: Props) {
  const { t } = useTranslation('redeem')

  function moveUp(at: number): void {
    const next = [...ids]
    next.splice(at - 1, 0, ...next.splice(at, 1))
    onChange(next)
  }

  return (
    <div className="flex flex-col gap-1">
      <p className="text-13 font-medium">{t('where.tried-in')}</p>
      <ol className="flex list-decimal flex-col ps-6">
        {ids.map((id, at) => {
          const title = entries.get(id)?.title ?? ''
          return (
            <li key={id}>
              <span className="flex min-h-8 items-center gap-2">
                <span className="min-w-0 wrap-anywhere">{title}</span>
                {at > 0 && (
                  <IconButton
                    icon={ArrowUp}
                    label={t('where.earlier', { account: title })}
                    onClick={() => {
                      moveUp(at)
                    }}
                  />
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
