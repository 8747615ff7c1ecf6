import type { KeyRef } from '@/src/domain/api-key'

import { createSpaced } from '../spaced'
import {
  type CredentialPorts,
  type CredentialService,
  createCredentialService,
} from './credential-service'
import { createKeySource, type KeySourceParts } from './key-source'
import { createTags, type TagParts, type Tags } from './tags'

/** Pages read the whole list at each announcement, ms. */
const ANNOUNCE_MS = 500

export interface CredentialServices {
  readonly credentials: CredentialService
  readonly tags: Tags
}

export type CredentialServicesPorts = Omit<CredentialPorts, 'announce' | 'secretOf'> &
  Omit<KeySourceParts, 'reveal'> &
  Omit<TagParts, 'announce'> & {
    readonly announce: (event: { readonly topic: 'credentials' }) => void
  }

/**
 * Everything about credentials and tags.
 *
 * @param reveal the full text of an account's key, asked for at its site where need be
 */
export function createCredentialServices(
  ports: CredentialServicesPorts,
  reveal: (key: KeyRef) => Promise<string>,
): CredentialServices {
  const announce = createSpaced(() => {
    ports.announce({ topic: 'credentials' })
  }, ANNOUNCE_MS)
  const secretOf = createKeySource({ ...ports, reveal })
  return {
    credentials: createCredentialService({ ...ports, announce, secretOf }),
    tags: createTags({ ...ports, announce }),
  }
}
