import type { Asked, ProtocolForm, Utterance } from './call'
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
import { halves, openAiError } from './form-chat'

const BODY = record({
  'model!': text,
  'input!': either(
    text,
    list(
      record({
        type: oneOf('message'),
        'role!': oneOf('system', 'developer', 'user', 'assistant'),
        'content!': either(text, list(record({ 'type!': oneOf('input_text'), 'text!': text }), 1)),
      }),
      1,
    ),
  ),
  instructions: text,
  // The smallest value the protocol takes.
  max_output_tokens: integerFrom(16),
  stream: bool,
  store: bool,
  include: list(text),
  temperature: number,
  parallel_tool_calls: bool,
  prompt_cache_key: text,
  reasoning: anyRecord,
  tools: list(
    record({
      'type!': oneOf('function'),
      'name!': text,
      description: text,
      strict: bool,
      parameters: objectSchema,
    }),
    1,
  ),
  tool_choice: either(oneOf('none', 'auto', 'required'), anyRecord),
  text: record({
    format: record({
      'type!': oneOf('text', 'json_object', 'json_schema'),
      name: text,
      strict: bool,
      schema: objectSchema,
    }),
  }),
})

/** OpenAI Responses. */
export const responsesForm: ProtocolForm = {
  ask(call) {
    const body = bodyOf(call, BODY)
    const input = body['input']
    const format = isRecord(body['text']) ? body['text']['format'] : undefined
    return {
      model: String(body['model']),
      stream: body['stream'] === true,
      prompt: typeof input === 'string' ? input : contentText(recordsOf(input).at(-1)?.['content']),
      tools: recordsOf(body['tools']).map(({ name }) => String(name)),
      mustCall: body['tool_choice'] === 'required',
      wantsJson: isRecord(format) && format['type'] !== 'text',
    }
  },
  plain: (asked, said) => whole(asked, 'completed', [itemOf(said)]),
  events(asked, said) {
    const item = itemOf(said)
    const start = whole(asked, 'in_progress', [])
    const pieces = said.call
      ? halves(JSON.stringify(said.call.input)).map((delta) => ({
          type: 'response.function_call_arguments.delta',
          delta,
        }))
      : halves(said.text).map((delta) => ({ type: 'response.output_text.delta', delta }))
    const events = [
      { type: 'response.created', response: start },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      ...pieces.map((piece) => ({ ...piece, output_index: 0 })),
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: whole(asked, 'completed', [item]) },
    ]
    return events.map((data, index) => ({
      name: data.type,
      data: { ...data, sequence_number: index },
    }))
  },
  end: '',
  error: (_status, message, code) => openAiError(message, code),
}

function whole(asked: Asked, status: string, output: readonly unknown[]) {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_790_000_000,
    status,
    error: null,
    incomplete_details: null,
    model: asked.model,
    output,
    usage: { input_tokens: 8, output_tokens: 1, total_tokens: 9 },
  }
}

function itemOf({ text: words, call }: Utterance) {
  return call
    ? {
        id: 'fc_1',
        type: 'function_call',
        status: 'completed',
        call_id: 'call_1',
        name: call.name,
        arguments: JSON.stringify(call.input),
      }
    : {
        id: 'msg_1',
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: words, annotations: [] }],
      }
}
