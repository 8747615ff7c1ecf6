import type { ReactNode } from 'react'

interface Props {
  title: string
  sentence: string
  /** What went wrong, with the next step. */
  children: ReactNode
}

/** Stands in for a whole page that cannot be shown. */
export function StopScreen({ title, sentence, children }: Props) {
  return (
    <main className="mx-auto flex max-w-120 flex-col gap-3 px-6 py-12">
      <h1 className="text-18 font-semibold">{title}</h1>
      <p className="text-text-2">{sentence}</p>
      {children}
    </main>
  )
}
