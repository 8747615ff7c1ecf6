import type { Page } from '@playwright/test'

import type { InputOf } from '@/src/messaging/protocol'

import type { ExtensionBrowser } from './browser'

type Form = InputOf<'credentials.save'>['form']

/** Stores a credential through the worker's door, as the form does; nothing is asked there. */
export async function addCredential(
  extension: ExtensionBrowser,
  page: Page,
  form: Pick<Form, 'name' | 'baseUrl' | 'apiKey'> & Partial<Form>,
): Promise<string> {
  const saved = await extension.send(page, 'credentials.save', {
    form: {
      apiType: 'openai-compatible',
      tagIds: [],
      notes: '',
      query: { mode: 'disabled' },
      ...form,
    },
  })
  if (!saved.ok) throw new Error(`credential not saved: ${JSON.stringify(saved.failure)}`)
  return saved.value.id
}
