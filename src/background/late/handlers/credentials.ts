import type { credentialMessages } from '@/src/messaging/late/credentials'
import type { HandlersOf } from '@/src/messaging/server'
import type { CredentialService } from '@/src/services/credentials/credential-service'
import type { Tags } from '@/src/services/credentials/tags'

export interface CredentialHandlerPorts {
  readonly credentials: CredentialService
  readonly tags: Tags
}

export function credentialHandlers({
  credentials,
  tags,
}: CredentialHandlerPorts): HandlersOf<typeof credentialMessages> {
  return {
    'credentials.list': () => credentials.views(),
    'credentials.save': ({ id, form }) => credentials.save(form, id),
    'credentials.fromKey': (wanted) => credentials.fromKey(wanted),
    'credentials.unlink': async ({ id }) => {
      await credentials.unlink(id)
      return {}
    },
    'credentials.remove': async ({ ids }) => {
      await credentials.remove(ids)
      return {}
    },
    'credentials.reveal': async ({ id }) => ({ key: (await credentials.get(id)).decided.apiKey }),
    'credentials.refresh': ({ ids }) => {
      // What comes of it is stored with each and announced.
      void credentials.refresh(ids)
      return Promise.resolve({})
    },
    'credentials.models': async ({ id }) => ({ models: await credentials.models(id) }),
    'credentials.tryQuery': (tried) => credentials.tryQuery(tried),
    'tags.list': () => tags.list(),
    'tags.make': ({ name }) => tags.make(name),
    'tags.edit': async ({ id, ...edit }) => {
      await tags.edit(id, edit)
      return {}
    },
    'tags.remove': ({ id }) => tags.remove(id),
  }
}
