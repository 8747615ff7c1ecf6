import type { ApiType } from '@/src/domain/chat-endpoints'

/** Packages OpenCode and Kilo Code 7 speak the protocols with (`contracts/exports.md 3.1`). */
export const NPM_PACKAGES: Record<ApiType, string> = {
  'openai-compatible': '@ai-sdk/openai-compatible',
  openai: '@ai-sdk/openai',
  anthropic: '@ai-sdk/anthropic',
  google: '@ai-sdk/google',
}

/** Longest name of a model there, in UTF-16 units. */
export const MODEL_NAME_LIMIT = 200

export function openCodeModels(models: readonly string[]): Record<string, { name: string }> {
  return Object.fromEntries(models.map((model) => [model, { name: model }]))
}

export function byCodePoint(one: string, other: string): number {
  const [ones, others] = [[...one], [...other]]
  for (const [index, character] of ones.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (others[index]?.codePointAt(0) ?? -1)
    if (difference !== 0) return difference
  }
  return ones.length - others.length
}
