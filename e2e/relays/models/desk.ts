import { emptyReply, htmlReply, jsonReply, withHeaders, type Reply } from '../kit/reply'
import { type Asked, Malformed, type ModelCall, type ProtocolForm, type Utterance } from './call'
import { chatForm } from './form-chat'
import { geminiForm } from './form-gemini'
import { messagesForm } from './form-messages'
import { responsesForm } from './form-responses'

export type ModelProtocol = 'chat' | 'responses' | 'messages' | 'gemini'

const FORMS: Readonly<Record<ModelProtocol, ProtocolForm>> = {
  chat: chatForm,
  responses: responsesForm,
  messages: messagesForm,
  gemini: geminiForm,
}

/** How the models behind a site behave; a test may change any of it at any time. */
export interface ModelBehaviour {
  stream: 'as-asked' | 'always' | 'never'
  /** What a model says where neither a tool nor JSON is asked for. */
  text: string
  /** `refuse`: 400 that names `tools`. */
  tools: 'call' | 'ignore' | 'refuse'
  structured: 'json' | 'ignore' | 'refuse'
  /** Message every client but the official ones gets, with 400; `null` = all are served. */
  clientsOnly: string | null
  /** An answer instead of all others; `echo` = the message quotes the key that was sent. */
  refusal: { status: number; message: string; code?: string; echo?: boolean } | null
  /** The web page of the site instead of an answer. */
  html: boolean
  /** Address every model call is sent on to. */
  redirectTo: string | null
}

const NORMAL: ModelBehaviour = {
  stream: 'as-asked',
  text: 'OK',
  tools: 'call',
  structured: 'json',
  clientsOnly: null,
  refusal: null,
  html: false,
  redirectTo: null,
}

/** Answers model calls of one site, once the site has admitted the key. */
export interface ModelDesk {
  /** Every call that reached the models, oldest first, secrets included. */
  readonly calls: ModelCall[]
  readonly behaviour: ModelBehaviour
  /** Everybody behaves again. */
  reset(): void
  /** @param modelInPath what follows `models/` in a Gemini path */
  answer(protocol: ModelProtocol, call: ModelCall, options: AnswerOptions): Reply
}

interface AnswerOptions {
  readonly modelInPath?: string
  /** Why the site does not pass a call for that model on; `null` = it does. */
  readonly refusal: (model: string) => Reply | null
}

export function createModelDesk(): ModelDesk {
  const calls: ModelCall[] = []
  const behaviour: ModelBehaviour = { ...NORMAL }
  return {
    calls,
    behaviour,
    reset: () => {
      calls.length = 0
      Object.assign(behaviour, NORMAL)
    },
    answer(protocol, call, { modelInPath = '', refusal }) {
      calls.push(call)
      const form = FORMS[protocol]
      const instead = misbehave(behaviour, form, call)
      if (instead) return instead
      try {
        const asked = form.ask(call, modelInPath)
        return refusal(asked.model) ?? serve(behaviour, form, call, asked)
      } catch (error) {
        if (!(error instanceof Malformed)) throw error
        return jsonReply(form.error(400, error.message, 'invalid_request'), 400)
      }
    },
  }
}

function misbehave(behaviour: ModelBehaviour, form: ProtocolForm, call: ModelCall): Reply | null {
  const { redirectTo, html, refusal, clientsOnly } = behaviour
  if (redirectTo !== null) return emptyReply(307, { location: redirectTo })
  if (html) return htmlReply('<!DOCTYPE html><html><body>Console</body></html>')
  if (refusal) {
    const { status, code = '', echo } = refusal
    const message = echo === true ? `${refusal.message} ${keySent(call)}` : refusal.message
    return jsonReply(form.error(status, message, code), status)
  }
  const isOfficial = /^(?:claude-cli|codex|GeminiCLI)/.test(call.headers['user-agent'] ?? '')
  if (clientsOnly === null || isOfficial) return null
  return jsonReply(form.error(400, clientsOnly, 'client_not_allowed'), 400)
}

/** The key as it arrived, in whichever header. */
export function keySent({ headers }: ModelCall): string {
  const bearer = (headers.authorization ?? '').replace(/^Bearer /, '')
  return bearer || String(headers['x-api-key'] ?? headers['x-goog-api-key'] ?? '')
}

function serve(
  behaviour: ModelBehaviour,
  form: ProtocolForm,
  { query }: ModelCall,
  asked: Asked,
): Reply {
  const lacking = lackOf(behaviour, asked)
  if (lacking !== null) {
    const message = `Unsupported parameter: '${lacking}' is not supported with this model.`
    return jsonReply(form.error(400, message, 'unsupported_parameter'), 400)
  }
  const said = utterance(behaviour, asked)
  const { stream } = behaviour
  const isStreamed = stream === 'as-asked' ? asked.stream : stream === 'always'
  if (!isStreamed) return jsonReply(form.plain(asked, said))
  const events = form.events(asked, said)
  // Without `alt=sse` Gemini sends its stream as one JSON list.
  if (form === geminiForm && asked.stream && query['alt'] !== 'sse') {
    return jsonReply(events.map(({ data }) => data))
  }
  const lines = events.map(
    ({ name, data }) => `${name === '' ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`,
  )
  const body = {
    kind: 'text' as const,
    text: lines.join('') + form.end,
    contentType: 'text/event-stream',
  }
  return withHeaders({ ...emptyReply(200), body }, { 'cache-control': 'no-cache' })
}

function lackOf({ tools, structured }: ModelBehaviour, asked: Asked): string | null {
  if (tools === 'refuse' && asked.tools.length > 0) return 'tools'
  return structured === 'refuse' && asked.wantsJson ? 'response_format' : null
}

function utterance({ text, tools, structured }: ModelBehaviour, asked: Asked): Utterance {
  const named = asked.tools.find((name) => asked.prompt.includes(name))
  const tool = named ?? (asked.mustCall ? asked.tools[0] : undefined)
  if (tool !== undefined && tools === 'call') {
    const isJson = tool === 'json'
    if (!isJson) return { text: '', call: { name: tool, input: {} } }
    if (structured === 'json') return { text: '', call: { name: tool, input: { ok: true } } }
  }
  if (!asked.wantsJson) return { text, call: null }
  return { text: structured === 'json' ? '{"ok": true}' : 'It is ok, truly.', call: null }
}
