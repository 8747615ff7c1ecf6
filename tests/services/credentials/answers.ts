import { type Handler, sendJson, startLoopback } from '../../net/loopback'
import { askOnce, type makeForm, startCredentials } from './credential-world'

export type Answers = Readonly<Record<string, unknown>>

/** Answers those paths and knows no others. */
export function answering(answers: Answers): Handler {
  return ({ path }, response) => {
    if (path in answers) sendJson(response, answers[path])
    else sendJson(response, { error: { message: `Invalid URL (GET ${path})` } }, 404)
  }
}

export const SUBSCRIPTION = '/v1/dashboard/billing/subscription'
export const USAGE = '/v1/dashboard/billing/usage'
export const TOKEN = '/api/usage/token/'
export const MODELS = { '/v1/models': { object: 'list', data: [{ id: 'm-1' }, { id: 'm-2' }] } }
export const billing = (limit: number, used: number) => ({
  [SUBSCRIPTION]: { hard_limit_usd: limit, access_until: 0 },
  [USAGE]: { total_usage: used },
})
export const statusOf = (data: object) => ({ '/api/status': { success: true, message: '', data } })
export const tokenUsage = (data: object) => ({ [TOKEN]: { code: true, message: 'ok', data } })

/** Asks a server that answers those paths with a new credential, and tells what it saw. */
export async function ask(answers: Answers, form: Parameters<typeof makeForm>[0] = {}, path = '') {
  const site = await startLoopback(answering(answers))
  const { credentials } = await startCredentials()
  const state = await askOnce(credentials, { baseUrl: site.origin + path, ...form })
  return { state, seen: site.seen }
}
