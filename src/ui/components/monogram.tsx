const WORD_START = /[\p{L}\p{N}]/u

/** One or two letters in place of a site's icon. */
export function Monogram({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-control bg-pressed text-12 font-semibold text-text-2 select-none"
    >
      {lettersOf(name)}
    </span>
  )
}

/** First letters of the first two words; one is enough where a script fills the square. */
function lettersOf(name: string): string {
  const letters = name
    .split(/[\s\-_.·/]+/u)
    .flatMap((word) => WORD_START.exec(word)?.[0] ?? [])
    .map((letter) => letter.toLocaleUpperCase())
  const [first = '·', second = ''] = letters
  return /\p{Script=Latin}|\p{N}/u.test(first) ? first + second : first
}
