import type { ExportRecord } from '@/src/domain/export-record'

import { protocolBase, versionedBase } from '../bases'
import { fillTemplate } from '../chat-template'
import { type Built, defineExporter, type Problem } from '../exporter'
import { offeredLink } from '../links'
import { fullName } from '../names'
import type { OptionField, Values } from '../options'

/** `contracts/exports.md 7.1`: a chat link that the site publishes; its template is not trusted. */
export const chatLink = defineExporter({
  id: 'chat-link',
  kind: 'link',
  many: false,
  protocols: ['openai-compatible'],
  fields: () => [{ name: 'template', type: 'template', default: '', required: true }],
  check: (records, values) =>
    records.flatMap((record) => {
      const filled = fillTemplate(values.text('template'), record)
      return 'refused' in filled ? [{ field: 'template', reason: filled.refused }] : []
    }),
  build: (records, values) => ({
    kind: 'link',
    links: records.flatMap((record) => {
      const filled = fillTemplate(values.text('template'), record)
      if ('refused' in filled) return []
      return [offeredLink(fullName(record), [filled.url], queryWarning(filled.isKeyInQuery))]
    }),
  }),
})

/** `contracts/exports.md 7.1`: the key is in the hash, which no server is sent. */
export const nextChat = defineExporter({
  id: 'next-chat',
  kind: 'link',
  many: false,
  protocols: ['openai-compatible'],
  fields: () => [hostField('app.nextchat.dev')],
  notes: () => ['confirm-there'],
  check: hostProblems,
  build: (records, values) =>
    settingsLinks(records, values, '/#/', false, (record) => ({
      key: record.key,
      url: protocolBase(record, 'openai-compatible'),
    })),
})

/** `contracts/exports.md 7.1`: the key is in the query, so the server behind the host sees it. */
export const lobeChat = defineExporter({
  id: 'lobe-chat',
  kind: 'link',
  many: false,
  protocols: ['openai-compatible'],
  fields: () => [hostField('')],
  check: hostProblems,
  build: (records, values) =>
    settingsLinks(records, values, '/', true, (record) => ({
      keyVaults: {
        openai: { apiKey: record.key, baseURL: versionedBase(record, 'openai-compatible') },
      },
    })),
})

function hostField(fallback: string): OptionField {
  return { name: 'host', type: 'text', default: fallback, required: true }
}

function hostProblems(_records: readonly ExportRecord[], values: Values): readonly Problem[] {
  return pageOf(values) === undefined ? [{ field: 'host', reason: 'not-a-web-address' }] : []
}

function settingsLinks(
  records: readonly ExportRecord[],
  values: Values,
  path: string,
  isKeyInQuery: boolean,
  settings: (record: ExportRecord) => object,
): Built {
  const links = records.map((record) => {
    const encoded = encodeURIComponent(JSON.stringify(settings(record)))
    const url = `${pageOf(values) ?? ''}${path}?settings=${encoded}`
    return offeredLink(fullName(record), [url], queryWarning(isKeyInQuery))
  })
  return { kind: 'link', links }
}

/** The page the user named, without a slash at its end; plain http only on this computer. */
function pageOf(values: Values): string | undefined {
  const text = values.text('host')
  const typed = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(typed) || /[\s?#]/.test(typed)) return undefined
  const { protocol, hostname, username, password, origin, pathname } = new URL(typed)
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isHere)
  if (!isSafe || username !== '' || password !== '') return undefined
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

function queryWarning(isKeyInQuery: boolean): readonly 'key-in-query'[] {
  return isKeyInQuery ? ['key-in-query'] : []
}
