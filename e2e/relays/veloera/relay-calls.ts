import { isIP } from 'node:net'

import type { Reply } from '../kit/reply'
import type { ModelProtocol } from '../models/desk'
import type { KeyContext } from './context'
import { usableGroups } from './groups'
import { relayError } from './key-auth'
import { isServed } from './models'

/** The key's group, or the user's (`contracts/veloera.md` 10). */
export function groupOf({ token, user }: KeyContext): string {
  return token.group === '' ? user.group : token.group
}

/** `limit` of the key, V4: every call within its period counts. */
function isOverKeyLimit({ core, token }: KeyContext): boolean {
  if (!core.isV4 || !token.rateLimitEnabled) return false
  const sinceMs = core.nowMs() - token.rateLimitPeriod * 1000
  const recent = (core.state.keyCalls.get(token.id) ?? []).filter((atMs) => atMs > sinceMs)
  const isOver = recent.length >= token.rateLimitCount
  core.state.keyCalls.set(token.id, isOver ? recent : [...recent, core.nowMs()])
  return isOver
}

/** Plain addresses only; a list without any restricts nothing. */
function isForeignIp({ token, ip }: KeyContext): boolean {
  const allowed = (token.allowIps ?? '')
    .split('\n')
    .map((line) => line.replace(/[ ,]/g, ''))
    .filter((line) => isIP(line) !== 0)
  return allowed.length > 0 && !allowed.includes(ip)
}

/** Why the relay does not pass a call on (8). The order of the checks is not in the contract. */
function refusal(context: KeyContext, model: string): Reply | null {
  const { core, token, user } = context
  if (isOverKeyLimit(context)) return relayError(context, 429, 'Key-level rate limit exceed.')
  if (isForeignIp(context)) return relayError(context, 403, '您的 IP 不在令牌允许访问的列表中')
  if (token.group !== '' && !(token.group in usableGroups(core, user.group))) {
    return relayError(context, 403, `令牌分组 ${token.group} 已被禁用`)
  }
  if (token.modelLimitsEnabled && !token.modelLimits.split(',').includes(model)) {
    return relayError(context, 403, `该令牌无权访问模型 ${model}`)
  }
  const group = groupOf(context)
  return isServed(core, group, model)
    ? null
    : relayError(context, 503, `当前分组 ${group} 下对于模型 ${model} 无可用渠道`)
}

/** A browser extension by its `Origin` (8). */
function isExtension(origin: string): boolean {
  return origin.includes('extension') && origin.includes('://')
}

/** `POST /v1/chat/completions`: the only call that may refuse browser extensions (8). */
export function completeChat(context: KeyContext): Reply {
  const { core, headers } = context
  if (core.options.blocksBrowserExtensions === true && isExtension(headers.origin)) {
    const code = 'browser_extension_blocked'
    return relayError(context, 403, 'browser extension blocked', code)
  }
  return passOn(context, 'chat')
}

/** Hands a call to the models, unless the relay refuses that model. */
export function passOn(context: KeyContext, protocol: ModelProtocol): Reply {
  return context.core.models.answer(protocol, context.call, {
    refusal: (model) => refusal(context, model),
  })
}
