import type { HubGroupSeed, HubModelInfo, HubPrice } from './options'

export const DEFAULT_GROUPS: Record<string, HubGroupSeed> = {
  default: { name: 'Default', ratio: 1 },
  vip: { name: 'VIP', ratio: 0.8, apiRate: 900, public: false },
}

export const DEFAULT_MODELS: Record<string, string[]> = {
  'gpt-4o': ['default', 'vip'],
  'gpt-4o-mini': ['default'],
  'claude-sonnet-4': ['vip'],
  'gemini-2.5-pro': ['default'],
  'dall-e-3': ['default'],
}

/** Prices in units of $0.002 per 1K tokens or per call (`contracts/donehub.md` 6.2). */
export const DEFAULT_PRICES: HubPrice[] = [
  {
    model: 'gpt-4o',
    type: 'tokens',
    channel_type: 1,
    input: 1.25,
    output: 5,
    extra_ratios: { cached_tokens: 0.5 },
  },
  { model: 'gpt-4o-mini', type: 'tokens', channel_type: 1, input: 0.075, output: 0.3 },
  { model: 'claude-sonnet-4', type: 'tokens', channel_type: 14, input: 1.5, output: 7.5 },
  { model: 'gemini-*', type: 'tokens', channel_type: 25, input: 0.625, output: 5 },
  { model: 'dall-e-3', type: 'times', channel_type: 1, input: 20, output: 20 },
]

/** The list of `GET /api/prices?type=default`, whatever the site configured (6.3). */
export const BUILT_IN_PRICES: HubPrice[] = [
  { model: 'gpt-3.5-turbo', type: 'tokens', channel_type: 1, input: 0.25, output: 0.75 },
  { model: 'gpt-4o', type: 'tokens', channel_type: 1, input: 1.25, output: 5 },
]

/** What a model without a price costs (6.2). */
export const NO_PRICE: HubPrice = {
  model: '',
  type: 'tokens',
  channel_type: 0,
  input: 30,
  output: 30,
}

export const DEFAULT_MODEL_INFOS: HubModelInfo[] = [
  { model: 'gpt-4o', name: 'GPT-4o', contextLength: 128_000, maxTokens: 16_384 },
]

export const DEFAULT_OWNED_BY: ReadonlyMap<number, string> = new Map([
  [1, 'OpenAI'],
  [14, 'Anthropic'],
  [25, 'Google Gemini'],
  [28, 'DeepSeek'],
])
