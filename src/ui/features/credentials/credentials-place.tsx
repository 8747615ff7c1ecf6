import type { CredentialsPanel } from '../shell/route'

export function CredentialsPlace({ panel }: { panel: CredentialsPanel }) {
  return <h1>{panel.kind}</h1>
}
