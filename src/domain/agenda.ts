import * as z from 'zod/mini'

/**
 * What the first part of the worker must know to leave the automation alone until its time has
 * come: read at every start, so it is small and its schema is no burden.
 */
export const agendaSchema = z.object({
  id: z.literal('agenda'),
  /** When it was made, and the offset from UTC of the clock then, minutes. */
  plannedAtMs: z.int(),
  zoneMin: z.int(),
  /** When something is due next, epoch ms; `null` = nothing is planned. */
  nextAtMs: z.nullable(z.int()),
  /** Something wants to know when accounts change: the badge, warnings. */
  watches: z.boolean(),
})

export type Agenda = z.infer<typeof agendaSchema>

/** A clock that differs from the plan by more than this was changed, not corrected; ms. */
const BACKWARDS_MS = 60_000

/**
 * Whether the automation has to look: its time has come, there is no plan, or the clock or its zone
 * is not the one it planned with.
 */
export function isAgendaDue(agenda: Agenda | undefined, nowMs: number, zoneMin: number): boolean {
  if (!agenda) return true
  if (agenda.zoneMin !== zoneMin || nowMs < agenda.plannedAtMs - BACKWARDS_MS) return true
  return agenda.nextAtMs !== null && agenda.nextAtMs <= nowMs
}

/** Offset of the local clock from UTC at that time, minutes east. */
export function zoneOffset(atMs: number): number {
  return 0 - new Date(atMs).getTimezoneOffset()
}
