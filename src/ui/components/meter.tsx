interface Props {
  value: number
  /** Above 0. */
  max: number
  label: string
  /** The value as it is read out, with its unit. */
  text: string
}

/** How much of something limited is used up. What it shows must also stand beside it in words. */
export function Meter({ value, max, label, text }: Props) {
  const share = Math.min(1, Math.max(0, value / max))
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(max, Math.max(0, value))}
      aria-valuetext={text}
      className="h-1 w-full overflow-hidden rounded-full bg-pressed"
    >
      <div
        className="h-full origin-left bg-mark"
        style={{ transform: `scaleX(${String(share)})` }}
      />
    </div>
  )
}
