import type { KeysPanel } from '../shell/route'

export function KeysPlace({ panel }: { panel: KeysPanel }) {
  return <h1>{panel.kind}</h1>
}
