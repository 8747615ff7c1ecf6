/** Wall-clock time of a moment in a zone, as if it were UTC. */
function wallMs(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
}

function offsetMs(ms: number, zone: string): number {
  return wallMs(ms, zone) - Math.floor(ms / 1000) * 1000
}

/** `+08:00` of a zone at a moment. */
export function utcOffset(ms: number, zone: string): string {
  const minutes = Math.round(offsetMs(ms, zone) / 60_000)
  const text = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16)
  return `${minutes < 0 ? '-' : '+'}${text}`
}

/** `HH:MM` on the clocks of a zone. */
export function clockTime(ms: number, zone: string): string {
  return new Date(wallMs(ms, zone)).toISOString().slice(11, 16)
}

/** `YYYY-MM-DD` on the calendars of a zone. */
export function calendarDay(ms: number, zone: string): string {
  return new Date(wallMs(ms, zone)).toISOString().slice(0, 10)
}

/** The zone a client asked for, or the server's for a missing or unknown name. */
export function knownZone(name: string | null, fallback: string): string {
  if (name === null || name === '') return fallback
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return name
  } catch {
    return fallback
  }
}

/** Midnight that begins a day given as `YYYY-MM-DD`, plus whole days; `null` = no such day. */
export function dayStart(day: string, zone: string, plusDays = 0): number | null {
  const noon = Date.parse(`${day}T12:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(noon)) return null
  const wall = Date.parse(
    `${new Date(noon + plusDays * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`,
  )
  const guess = wall - offsetMs(wall, zone)
  return wall - offsetMs(guess, zone)
}

/** Midnight before a moment in a zone, plus whole days. */
export function midnight(ms: number, zone: string, plusDays = 0): number {
  return dayStart(calendarDay(ms, zone), zone, plusDays) ?? ms
}
