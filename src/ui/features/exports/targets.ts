import type { Exporter } from '@/src/exporters/exporter'
import type { ExportRecord } from '@/src/domain/export-record'

/** Where keys are to go: one of our formats, or a gateway of the user's. */
export type Target =
  | { readonly kind: 'exporter'; readonly id: string }
  | { readonly kind: 'gateway'; readonly id: string }

/** Under which heading a target stands; what is in no list comes last. */
const GROUPS = {
  chat: ['cherry-studio', 'kelivo', 'next-chat', 'lobe-chat', 'chat-link'],
  coding: [
    'cc-switch',
    'claude-code',
    'codex',
    'gemini-cli',
    'kilo',
    'roo',
    'cline',
    'cursor-plus',
    'open-code',
  ],
  gateways: ['claude-code-router-link', 'claude-code-router-config', 'new-api-channel'],
} as const

export type TargetGroup = keyof typeof GROUPS | 'text'

export const TARGET_GROUPS: readonly TargetGroup[] = ['chat', 'coding', 'gateways', 'text']

/** The targets of one heading, in the order they are offered. */
export function targetsOf(group: TargetGroup, exporters: readonly Exporter[]): Exporter[] {
  return exporters.filter(({ id }) => groupOf(id) === group)
}

/** Targets that could take each of the keys, but only one at a time. */
export function onlySingly(
  exporters: readonly Exporter[],
  records: readonly ExportRecord[],
): Exporter[] {
  return exporters.filter(
    (exporter) =>
      !exporter.many && records.length > 1 && records.every((record) => exporter.offered([record])),
  )
}

function groupOf(id: string): TargetGroup {
  const lists: readonly (readonly [string, readonly string[]])[] = Object.entries(GROUPS)
  const found = lists.find(([, ids]) => ids.includes(id))
  return TARGET_GROUPS.find((group) => group === found?.[0]) ?? 'text'
}
