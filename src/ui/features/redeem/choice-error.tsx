import { CircleAlert } from 'lucide-react'

/** What is wrong with a choice, in words next to it. */
export function ChoiceError({ id, words }: { id: string; words: string | undefined }) {
  if (words === undefined) return null
  return (
    <p id={id} className="flex items-start gap-1 text-12 text-bad">
      <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
      {words}
    </p>
  )
}
