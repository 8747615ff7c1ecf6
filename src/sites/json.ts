import type { SiteResponse } from '@/src/net/transport'

/** An object of an answer, nothing about it being known. */
export type Fields = Readonly<Record<string, unknown>>

/** The JSON body of an answer; `undefined` = none, by media type or by content (cut off). */
export function jsonOf(response: SiteResponse): unknown {
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(response.contentType)) return undefined
  try {
    return JSON.parse(response.text) as unknown
  } catch {
    return undefined
  }
}

export const isSuccess = ({ status }: SiteResponse): boolean => status >= 200 && status < 300

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
