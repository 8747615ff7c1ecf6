const RADIUS = 6.5
const ROUND = 2 * Math.PI * RADIUS

interface Props {
  /** Absent: under way, nobody knows how far. */
  value?: number | undefined
  max?: number | undefined
  label?: string | undefined
}

export function ProgressRing({ value, max = 1, label }: Props) {
  const share = value === undefined ? 0.3 : max > 0 ? Math.min(1, value / max) : 0
  return (
    <span
      {...(label === undefined
        ? { 'aria-hidden': true }
        : {
            role: 'progressbar',
            'aria-label': label,
            'aria-valuemin': 0,
            'aria-valuemax': max,
            'aria-valuenow': value,
          })}
      className="inline-flex size-4 shrink-0"
    >
      <svg viewBox="0 0 16 16" className={value === undefined ? 'animate-spin' : '-rotate-90'}>
        <circle cx="8" cy="8" r={RADIUS} strokeWidth="2" className="fill-none stroke-line-strong" />
        <circle
          cx="8"
          cy="8"
          r={RADIUS}
          strokeWidth="2"
          strokeLinecap="round"
          strokeDasharray={`${String(share * ROUND)} ${String(ROUND)}`}
          className={share === 0 ? 'fill-none stroke-none' : 'fill-none stroke-accent'}
        />
      </svg>
    </span>
  )
}
