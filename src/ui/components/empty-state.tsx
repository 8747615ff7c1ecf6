import type { ReactNode } from 'react'

interface Props {
  title: string
  sentence: string
  action?: ReactNode
}

/** What a place will hold, while it holds nothing. */
export function EmptyState({ title, sentence, action }: Props) {
  return (
    <div className="flex flex-col items-center gap-2 px-8 py-12 text-center">
      <h2 className="text-15 font-semibold">{title}</h2>
      <p className="max-w-80 text-13 text-balance text-text-2">{sentence}</p>
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  )
}
