/** Stands in for content nobody knows yet; whatever arrives within 200 ms never shows it. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string | undefined }) {
  return (
    <span
      aria-hidden
      className={`block animate-appear-late rounded-control bg-pressed ${className}`}
    />
  )
}
