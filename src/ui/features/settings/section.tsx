import type { ReactNode } from 'react'

interface Props {
  /** Of the heading; also a place to jump to. */
  id: string
  title: string
  sentence?: string | undefined
  children: ReactNode
}

/** One subject of the settings, below a line. */
export function Section({ id, title, sentence, children }: Props) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-5 border-t border-line pt-6">
      <div className="flex flex-col gap-1">
        <h2 id={id} className="text-15 font-semibold">
          {title}
        </h2>
        {sentence !== undefined && <p className="text-text-2">{sentence}</p>}
      </div>
      {children}
    </section>
  )
}
