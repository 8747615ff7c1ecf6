import { type Asked, Malformed, type ProtocolForm, type Utterance } from './call'
import {
  anyRecord,
  bodyOf,
  contentText,
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

const content = record({
  role: oneOf('user', 'model'),
  'parts!': list(record({ 'text!': text }), 1),
})

const BODY = record({
  'contents!': list(content, 1),
  systemInstruction: content,
  tools: list(
    record({
      'functionDeclarations!': list(
        record({ 'name!': text, description: text, parameters: objectSchema }),
        1,
      ),
    }),
    1,
  ),
  toolConfig: record({
    'functionCallingConfig!': record({ 'mode!': oneOf('AUTO', 'ANY', 'NONE') }),
  }),
  generationConfig: record({
    temperature: number,
    topP: number,
    maxOutputTokens: integerFrom(1),
    responseMimeType: oneOf('text/plain', 'application/json'),
    responseSchema: objectSchema,
    thinkingConfig: anyRecord,
  }),
})

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
}

/** Google Gemini; the model and what is asked for stand in the path: `<model>:<action>`. */
export const geminiForm: ProtocolForm = {
  ask(call, modelInPath) {
    const [, model, action] = /^(.+):([a-zA-Z]+)$/.exec(modelInPath) ?? []
    if (model === undefined || !/^(?:streamG|g)enerateContent$/.test(action ?? '')) {
      throw new Malformed('path: expected models/<model>:generateContent')
    }
    const body = bodyOf(call, BODY)
    const config = isRecord(body['generationConfig']) ? body['generationConfig'] : {}
    const toolConfig = isRecord(body['toolConfig']) ? body['toolConfig'] : {}
    const calling = toolConfig['functionCallingConfig']
    return {
      model,
      stream: action === 'streamGenerateContent',
      prompt: contentText(recordsOf(body['contents']).at(-1)?.['parts']),
      tools: recordsOf(body['tools'])
        .flatMap(({ functionDeclarations }) => recordsOf(functionDeclarations))
        .map(({ name }) => String(name)),
      mustCall: isRecord(calling) && calling['mode'] === 'ANY',
      wantsJson: config['responseMimeType'] === 'application/json',
    }
  },
  plain: (asked, said) => answer(asked, partOf(said), 'STOP'),
  events(asked, said) {
    const parts = said.call ? [partOf(said)] : halves(said.text).map((piece) => ({ text: piece }))
    return parts.map((part, at) => ({
      name: '',
      data: answer(asked, part, at === parts.length - 1 ? 'STOP' : null),
    }))
  },
  end: '',
  error: (status, message) => ({
    error: { code: status, message, status: STATUSES[status] ?? 'INTERNAL' },
  }),
}

function answer({ model }: Asked, part: unknown, finishReason: string | null) {
  return {
    candidates: [
      {
        content: { role: 'model', parts: [part] },
        index: 0,
        ...(finishReason === null ? {} : { finishReason }),
      },
    ],
    usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 1, totalTokenCount: 9 },
    modelVersion: model,
  }
}

function partOf({ text: words, call }: Utterance) {
  return call ? { functionCall: { name: call.name, args: call.input } } : { text: words }
}
