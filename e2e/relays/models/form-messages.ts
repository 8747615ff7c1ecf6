import { type Asked, Malformed, type ProtocolForm, type Utterance } from './call'
import {
  anyRecord,
  bodyOf,
  bool,
  contentText,
  either,
  integerFrom,
  isRecord,
  list,
  number,
  objectSchema,
  oneOf,
  record,
  recordsOf,
  text,
} from './fields'
import { halves } from './form-chat'

const blocks = list(record({ 'type!': oneOf('text'), 'text!': text, cache_control: anyRecord }), 1)

const BODY = record({
  'model!': text,
  'max_tokens!': integerFrom(1),
  'messages!': list(
    record({ 'role!': oneOf('user', 'assistant'), 'content!': either(text, blocks) }),
    1,
  ),
  system: either(text, blocks),
  metadata: record({ user_id: text }),
  stream: bool,
  temperature: number,
  thinking: anyRecord,
  tools: list(record({ 'name!': text, description: text, 'input_schema!': objectSchema }), 1),
  tool_choice: record({
    'type!': oneOf('auto', 'any', 'tool', 'none'),
    name: text,
    disable_parallel_tool_use: bool,
  }),
  output_config: record({
    'format!': record({ 'type!': oneOf('json_schema'), 'schema!': objectSchema }),
  }),
})

/** Kinds of errors by status. */
const KINDS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
}

/** Anthropic messages. */
export const messagesForm: ProtocolForm = {
  ask(call) {
    if (call.headers['anthropic-version'] !== '2023-06-01') {
      throw new Malformed('anthropic-version: header is required')
    }
    const body = bodyOf(call, BODY)
    const choice = isRecord(body['tool_choice']) ? body['tool_choice']['type'] : 'auto'
    return {
      model: String(body['model']),
      stream: body['stream'] === true,
      prompt: contentText(recordsOf(body['messages']).at(-1)?.['content']),
      tools: recordsOf(body['tools']).map(({ name }) => String(name)),
      mustCall: choice === 'any' || choice === 'tool',
      wantsJson: body['output_config'] !== undefined,
    }
  },
  plain: (asked, said) => ({ ...message(asked, said), content: [blockOf(said)] }),
  events(asked, said) {
    const block = said.call
      ? { type: 'tool_use', id: 'toolu_1', name: said.call.name, input: {} }
      : { type: 'text', text: '' }
    const deltas = said.call
      ? halves(JSON.stringify(said.call.input)).map((piece) => ({
          type: 'input_json_delta',
          partial_json: piece,
        }))
      : halves(said.text).map((piece) => ({ type: 'text_delta', text: piece }))
    const stop = message(asked, said).stop_reason
    const events = [
      { type: 'message_start', message: { ...message(asked, said), stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'ping' },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stop }, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ]
    return events.map((data) => ({ name: data.type, data }))
  },
  end: '',
  error: (status, words) => ({
    type: 'error',
    error: { type: KINDS[status] ?? 'api_error', message: words },
  }),
}

function message({ model }: Asked, { call }: Utterance) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [] as unknown[],
    stop_reason: call ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 8, output_tokens: 1 },
  }
}

function blockOf({ text: words, call }: Utterance) {
  return call
    ? { type: 'tool_use', id: 'toolu_1', name: call.name, input: call.input }
    : { type: 'text', text: words }
}
