import type { Reply } from '../kit/reply'
import type { ModelProtocol } from '../models/desk'
import type { RelayCore, RequestContext, Route } from './context'
import { isSince } from './generation'
import { authenticateKey, type KeyHolder, relayError } from './key-auth'
import { modelsOf, withKey } from './routes-key'

/** Why the relay does not pass a call for that model on. The wording is that of builds of 2025. */
function refusalFor(context: RequestContext, holder: KeyHolder, model: string): Reply | null {
  const { token, user } = holder
  if (modelsOf(context.relay, holder).includes(model)) return null
  const isLimited = token.modelLimitsEnabled && context.relay.state.models.includes(model)
  if (isLimited) return relayError(context, 403, `该令牌无权访问模型 ${model}`).reply
  const group = token.group || user.group
  const message = `当前分组 ${group} 下对于模型 ${model} 无可用渠道`
  return relayError(context, 503, message, 'model_not_found').reply
}

function modelRoute(
  path: string,
  protocol: ModelProtocol,
  isIn: (relay: RelayCore) => boolean,
): Route {
  const handle = withKey(authenticateKey, (context, holder) =>
    context.relay.models.answer(protocol, context.call, {
      modelInPath: context.params['call'] ?? '',
      refusal: (model) => refusalFor(context, holder, model),
    }),
  )
  return { method: 'POST', path, auth: 'none', isIn, handle }
}

const isNewApi = ({ generation }: RelayCore): boolean => generation !== 'one-api'
/** The build of April 2025 has neither (`contracts/exports.md` 0.3); that of mid-2025 is taken for it. */
const isOf2026 = ({ generation }: RelayCore): boolean => isSince(generation, 'g1b')

/** Calls of models with an API key (`contracts/exports.md` 0.3). */
export const modelRoutes: Route[] = [
  modelRoute('/v1/chat/completions', 'chat', () => true),
  modelRoute('/v1/messages', 'messages', isNewApi),
  modelRoute('/v1/responses', 'responses', isOf2026),
  modelRoute('/v1beta/models/:call', 'gemini', isOf2026),
]
