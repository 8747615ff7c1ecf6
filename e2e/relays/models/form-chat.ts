import { Malformed, type ProtocolForm, type Utterance } from './call'
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

const BODY = record({
  'model!': text,
  'messages!': list(
    record({
      'role!': oneOf('system', 'developer', 'user', 'assistant', 'tool'),
      'content!': either(text, list(record({ 'type!': oneOf('text'), 'text!': text }), 1)),
    }),
    1,
  ),
  max_tokens: integerFrom(1),
  max_completion_tokens: integerFrom(1),
  stream: bool,
  stream_options: anyRecord,
  temperature: number,
  tools: list(
    record({
      'type!': oneOf('function'),
      'function!': record({ 'name!': text, description: text, parameters: objectSchema }),
    }),
    1,
  ),
  tool_choice: either(oneOf('none', 'auto', 'required'), anyRecord),
  response_format: record({
    'type!': oneOf('text', 'json_object', 'json_schema'),
    json_schema: anyRecord,
  }),
})

/** OpenAI chat completions. */
export const chatForm: ProtocolForm = {
  ask(call) {
    const body = bodyOf(call, BODY)
    const model = String(body['model'])
    const said = recordsOf(body['messages']).map(({ content }) => contentText(content))
    if (/^(?:o\d|gpt-5)/.test(model) && body['max_tokens'] !== undefined) {
      throw new Malformed("Unsupported parameter: 'max_tokens' is not supported with this model.")
    }
    const format = isRecord(body['response_format']) ? body['response_format']['type'] : 'text'
    if (format === 'json_object' && !/json/i.test(said.join(' '))) {
      throw new Malformed("'messages' must contain the word 'json' to use 'json_object'.")
    }
    if (body['tool_choice'] !== undefined && body['tools'] === undefined) {
      throw new Malformed("'tool_choice' is only allowed when 'tools' are specified.")
    }
    return {
      model,
      stream: body['stream'] === true,
      prompt: said.at(-1) ?? '',
      tools: recordsOf(body['tools']).map((tool) =>
        String(isRecord(tool['function']) ? tool['function']['name'] : ''),
      ),
      mustCall: body['tool_choice'] === 'required',
      wantsJson: format !== 'text',
    }
  },
  plain(asked, said) {
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: asked.model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: said.call ? null : said.text,
            ...(said.call ? { tool_calls: [toolCall(said.call)] } : {}),
          },
          finish_reason: said.call ? 'tool_calls' : 'stop',
        },
      ],
      usage: { prompt_tokens: 8, completion_tokens: 1, total_tokens: 9 },
    }
  },
  events(asked, said) {
    const deltas: unknown[] = said.call
      ? callDeltas(said.call)
      : halves(said.text).map((content) => ({ content }))
    const chunk = (delta: unknown, finish: string | null) => ({
      name: '',
      data: {
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1_790_000_000,
        model: asked.model,
        choices: [{ index: 0, delta, finish_reason: finish }],
      },
    })
    return [
      chunk({ role: 'assistant', content: '' }, null),
      ...deltas.map((delta) => chunk(delta, null)),
      chunk({}, said.call ? 'tool_calls' : 'stop'),
    ]
  },
  end: 'data: [DONE]\n\n',
  error: (_status, message, code) => openAiError(message, code),
}

/** Error form of both OpenAI protocols. */
export function openAiError(message: string, code: string) {
  return { error: { message, type: 'invalid_request_error', param: null, code: code || null } }
}

type Call = NonNullable<Utterance['call']>

function toolCall({ name, input }: Call) {
  return { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(input) } }
}

function callDeltas({ name, input }: Call): unknown[] {
  const first = { index: 0, id: 'call_1', type: 'function', function: { name, arguments: '' } }
  const pieces = halves(JSON.stringify(input)).map((piece) => ({
    index: 0,
    function: { arguments: piece },
  }))
  return [first, ...pieces].map((piece) => ({ tool_calls: [piece] }))
}

/** A text in two pieces, as streams send it. */
export function halves(whole: string): string[] {
  const middle = Math.ceil(whole.length / 2)
  return [whole.slice(0, middle), whole.slice(middle)].filter((piece) => piece !== '')
}
