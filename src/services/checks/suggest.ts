import type { ApiType } from '@/src/domain/chat-endpoints'

const FITTING: Readonly<Record<ApiType, RegExp>> = {
  'openai-compatible': /^(?:gpt|o\d)/i,
  openai: /^(?:gpt|o\d)/i,
  anthropic: /^claude/i,
  google: /^gemini/i,
}

/** Models that do not answer with text. */
const NO_TEXT = /image|audio|realtime|embed|tts|whisper|transcribe|moderation|rerank|video|dall-e/i

/** The model a check takes unless the user chooses (`contracts/exports.md 8.1`); `null` = none. */
export function pickModel(models: readonly string[], apiType: ApiType): string | null {
  const talking = models.filter((model) => !NO_TEXT.test(model))
  return talking.find((model) => FITTING[apiType].test(model)) ?? talking[0] ?? models[0] ?? null
}
