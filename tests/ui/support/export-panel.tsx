import { screen } from '@testing-library/react'
import { vi } from 'vitest'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import { ExportPanel } from '@/src/ui/features/exports/export-panel'

import { type Answers, openPart } from '../options-harness'
import { makeKey, makeList, withKeys } from './make-key'
import { makeRow } from './make-row'

export const account = makeRow(1)
export const SECRET = 'sk-very-secret-key-of-the-user-1234567890'
export const seven: KeySource = { kind: 'key', accountId: account.id, keyId: '7' }
export const eight: KeySource = { kind: 'key', accountId: account.id, keyId: '8' }

export const recordOf = (source: KeySource, key = SECRET): ExportRecord => ({
  source,
  stableId: 'stable',
  siteName: account.name,
  keyName: source.kind === 'key' ? `key ${source.keyId}` : '',
  baseUrl: account.origin,
  endpoints: { chat: '', responses: '', anthropic: '', google: '' },
  apiType: 'openai-compatible',
  key,
  fingerprint: 'print',
  modelHint: [],
  notes: 'private words about the account',
})

/** Opens the panel for these keys of one account, in front of a worker that gives these answers. */
export async function openExport(sources: readonly KeySource[] = [seven], given: Answers = {}) {
  const list = makeList(account, [makeKey(account.id, 7), makeKey(account.id, 8)])
  const page = await openPart(<ExportPanel sources={sources} onClose={vi.fn()} />, {
    ...withKeys([account], [list]),
    'exports.material': ({ sources: asked }) => ({
      records: asked.map((source) => recordOf(source)),
      failures: [],
    }),
    'exports.note': () => ({}),
    'exports.ledger': () => [],
    'exports.forget': () => ({}),
    'checks.models': () => ({ models: ['gpt-5.2', 'claude-sonnet-4-5'], suggested: 'gpt-5.2' }),
    ...given,
  })
  // Its formats are loaded on demand.
  await screen.findByRole('heading', { name: 'Chat clients' }, { timeout: 10_000 })
  const press = async (name: string | RegExp) => {
    await page.user.click(await screen.findByRole('button', { name }))
  }
  return { ...page, press }
}
