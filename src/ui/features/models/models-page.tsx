export function ModelsPage({ credentialId }: { credentialId: string }) {
  return <h1>{credentialId}</h1>
}
