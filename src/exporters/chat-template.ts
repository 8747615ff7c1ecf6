import type { ExportRecord } from '@/src/domain/export-record'

import { protocolBase } from './bases'
import { base64 } from './links'

/** Besides `https:`, where a site's template may lead (`contracts/exports.md 7.1`). */
const SCHEMES = [
  'https:',
  'cherrystudio:',
  'ccswitch:',
  'aionui:',
  'deepchat:',
  'opencat:',
  'ama:',
  'lobechat:',
]

/** What those clients call this kind of provider; no family of ours is meant. */
const PROVIDER = ['new', 'api'].join('-')

const CONFIGS: Readonly<Record<string, string>> = {
  '{cherryConfig}': 'id',
  '{aionuiConfig}': 'platform',
  '{deepchatConfig}': 'id',
}

const PLACEHOLDER = /\{(?:key|address|server|cherryConfig|aionuiConfig|deepchatConfig)\}/

export type FilledTemplate =
  | { readonly url: string; readonly isKeyInQuery: boolean }
  | { readonly refused: 'bad-template' | 'scheme' | 'no-placeholder' | 'key-in-host' }

/**
 * Puts a key into a chat link template (`contracts/exports.md 7.1`). The template comes from the
 * site: only known schemes are filled, and the host the key goes to must not depend on the key.
 */
export function fillTemplate(template: string, record: ExportRecord): FilledTemplate {
  const url = filledUrl(template, record)
  if (url?.username !== '' || url.password !== '') return { refused: 'bad-template' }
  if (!SCHEMES.includes(url.protocol)) return { refused: 'scheme' }
  if (!PLACEHOLDER.test(template)) return { refused: 'no-placeholder' }
  // Whatever it is wrapped in: what changes with the key holds the key.
  const other = filledUrl(template, { ...record, key: `${record.key}x` })
  const isWeb = url.protocol === 'https:'
  if (other?.host !== url.host) return { refused: 'key-in-host' }
  return { url: url.href, isKeyInQuery: isWeb && withoutHash(other) !== withoutHash(url) }
}

function filledUrl(template: string, record: ExportRecord): URL | undefined {
  try {
    return new URL(filled(template.trim(), record))
  } catch {
    // No address, or a broken percent sign within the base64 wrapper.
    return undefined
  }
}

function filled(template: string, record: ExportRecord): string {
  const baseUrl = protocolBase(record, 'openai-compatible')
  const configs = Object.keys(CONFIGS).filter((name) => template.includes(name))
  if (configs.length > 0) {
    return configs.reduce((text, name) => {
      const json = { [CONFIGS[name] ?? '']: PROVIDER, baseUrl, apiKey: record.key }
      return text.replaceAll(name, () => encodeURIComponent(base64(JSON.stringify(json))))
    }, template)
  }
  const put = (text: string): string =>
    text.replace(/\{(?:key|address|server)\}/g, (name) => {
      if (name === '{server}') return baseUrl
      return encodeURIComponent(name === '{key}' ? record.key : baseUrl)
    })
  const unwrapped = template.replace(/base64<\[(.*?)\]>/gs, (_whole, inner: string) =>
    encodeURIComponent(base64(decodeURIComponent(put(inner)))),
  )
  return put(unwrapped)
}

function withoutHash(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length)
}
