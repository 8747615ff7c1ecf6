interface Props {
  value: number
  max: number
  label: string
}

export function ProgressBar({ value, max, label }: Props) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className="h-1 w-full overflow-hidden rounded-full bg-pressed"
    >
      <div
        className="h-full origin-left bg-accent"
        style={{ transform: `scaleX(${String(share)})` }}
      />
    </div>
  )
}
