import type { ApiType } from '@/src/domain/chat-endpoints'
import type { Json } from '@/src/net/transport'

import { ANTHROPIC_VERSION } from './anthropic'
import { googleAddress } from './google'
import { type Ask, type ModelCall, PROTOCOL_OF_TOOL, tokensFor } from './protocol'

export type CliProbe = keyof typeof PROTOCOL_OF_TOOL

/**
 * Requests in the shape three command line tools send them: path, headers, streaming, instructions
 * and several tools the model may choose from (`contracts/exports.md 8.5`). The words are ours, and
 * the browser's own `User-Agent` is left as it is: a site that admits only official clients is not
 * to be deceived, its refusal is a result of its own (`official-clients-only`).
 */
export function cliCall(probe: CliProbe, ask: Ask): ModelCall {
  return CALLS[probe](ask)
}

export const CLI_PROMPT = 'Call the list_files tool once with the path "." and say nothing else.'

export function protocolOfCli(probe: CliProbe): ApiType {
  return PROTOCOL_OF_TOOL[probe]
}

const INSTRUCTIONS =
  'You help with programming in a terminal. Use the tools you are given and keep answers short.'

const CALLS: Readonly<Record<CliProbe, (ask: Ask) => ModelCall>> = {
  'claude-code': claudeCode,
  codex,
  'gemini-cli': geminiCli,
}

interface Tool {
  readonly name: string
  readonly description: string
  readonly field: string
}

const TOOLS: readonly Tool[] = [
  { name: 'list_files', description: 'Lists the files of a folder.', field: 'path' },
  { name: 'read_file', description: 'Returns the text of a file.', field: 'path' },
  { name: 'run_command', description: 'Runs a command and returns its output.', field: 'command' },
]

const schemaOf = ({ field }: Tool) => ({
  type: 'object',
  properties: { [field]: { type: 'string' } },
  required: [field],
})

const toolsAs = (form: (tool: Tool) => Readonly<Record<string, Json>>) => TOOLS.map(form)

/** With `ANTHROPIC_AUTH_TOKEN`, as the contract advises to set it up (7.2): the key is a bearer. */
function claudeCode({ key, model, prompt }: Ask): ModelCall {
  const session = crypto.randomUUID()
  return {
    path: '/messages',
    query: { beta: 'true' },
    headers: {
      Authorization: `Bearer ${key}`,
      ...ANTHROPIC_VERSION,
      'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14',
      'anthropic-dangerous-direct-browser-access': 'true',
      'X-App': 'cli',
      'X-Claude-Code-Session-Id': session,
      'X-Stainless-Lang': 'js',
      'X-Stainless-Retry-Count': '0',
      'X-Stainless-Runtime': 'node',
      'X-Stainless-Timeout': '600',
    },
    body: {
      model,
      max_tokens: tokensFor('claude-code', model),
      system: [{ type: 'text', text: INSTRUCTIONS, cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      tools: toolsAs((tool) => ({
        name: tool.name,
        description: tool.description,
        input_schema: schemaOf(tool),
      })),
      metadata: { user_id: `user_${randomHex()}_account__session_${session}` },
      stream: true,
    },
  }
}

/** Codex sends no `max_output_tokens`, and some of the servers behind relays refuse it. */
function codex({ key, model, prompt }: Ask): ModelCall {
  const session = crypto.randomUUID()
  return {
    path: '/responses',
    headers: {
      Authorization: `Bearer ${key}`,
      Accept: 'text/event-stream',
      Originator: 'codex-tui',
      'Session-Id': session,
    },
    body: {
      model,
      instructions: INSTRUCTIONS,
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: prompt }] }],
      tools: toolsAs((tool) => ({
        type: 'function',
        name: tool.name,
        description: tool.description,
        strict: false,
        parameters: schemaOf(tool),
      })),
      tool_choice: 'auto',
      parallel_tool_calls: false,
      store: false,
      stream: true,
      include: [],
      prompt_cache_key: session,
    },
  }
}

function geminiCli({ key, model, prompt }: Ask): ModelCall {
  return {
    ...googleAddress(model, true),
    headers: { 'x-goog-api-key': key, Accept: '*/*' },
    body: {
      systemInstruction: { role: 'user', parts: [{ text: INSTRUCTIONS }] },
      contents: [{ role: 'user', parts: [{ text: prompt }] }],
      tools: [
        {
          functionDeclarations: toolsAs((tool) => ({
            name: tool.name,
            description: tool.description,
            parameters: schemaOf(tool),
          })),
        },
      ],
      generationConfig: {
        temperature: 1,
        topP: 0.95,
        maxOutputTokens: tokensFor('gemini-cli', model),
      },
    },
  }
}

/** 64 hex digits that mean nothing. */
function randomHex(): string {
  return (crypto.randomUUID() + crypto.randomUUID()).replaceAll('-', '')
}
