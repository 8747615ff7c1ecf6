import type { Recognition } from '@/src/domain/recognition'
import type { TabSession } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

/** Drafts nobody turned into an account are deleted after this, ms. */
const DRAFT_LIFE_MS = 3_600_000

export interface DraftPorts {
  readonly vault: Vault
  readonly now: () => number
}

/** Stores what was recognised until the user decides, and clears away what nobody wanted. */
export async function keepDraft(
  { vault, now }: DraftPorts,
  recognition: Recognition,
  session: TabSession,
  refreshToken: string | null = null,
): Promise<void> {
  const { records, damaged } = await vault.loadAll('drafts')
  const old = records.filter((draft) => now() - draft.createdAtMs > DRAFT_LIFE_MS)
  await vault.write([
    ...[...old, ...damaged].map(({ id }) => ({ store: 'drafts', remove: id }) as const),
    {
      store: 'drafts',
      put: {
        id: recognition.draftId,
        createdAtMs: now(),
        recognition,
        access: session.access,
        existingToken: session.existingToken,
        ...(refreshToken === null ? {} : { refreshToken }),
      },
    },
  ])
}
