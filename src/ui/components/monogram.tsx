const LETTER = /\p{L}/u
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

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
  const words = name.split(/[\s\-_.·/]+/u)
  const [first = LETTER_OR_DIGIT.exec(name)?.[0] ?? '·', second = ''] = words.flatMap(
    (word) => (LETTER.test(word[0] ?? '') ? [...word][0] : undefined) ?? [],
  )
  return (/\p{Script=Latin}/u.test(first) ? first + second : first).toLocaleUpperCase()
}
