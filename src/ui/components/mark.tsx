/** The product's mark: a deck of three, the front one carrying the signal. */
export function Mark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden className="size-5 shrink-0 fill-none stroke-current">
      <path d="M5.5 3h9M3.8 6.2h12.4" strokeWidth="1.6" strokeLinecap="round" opacity=".55" />
      <rect x="2" y="9" width="16" height="8" rx="2.4" strokeWidth="1.6" />
      <circle cx="6" cy="13" r="1.3" className="fill-current stroke-none" />
      <path d="M9.5 13h5" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  )
}
