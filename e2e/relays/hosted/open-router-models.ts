/** A model of the public list; prices are texts in USD per token. */
export interface OpenRouterModel {
  id: string
  name: string
  pricing: Record<string, string>
  outputModalities: string[]
}

export const OPEN_ROUTER_MODELS: OpenRouterModel[] = [
  {
    id: 'openai/gpt-4o',
    name: 'GPT-4o',
    pricing: { prompt: '0.0000025', completion: '0.00001' },
    outputModalities: ['text'],
  },
  {
    id: 'anthropic/claude-sonnet-4',
    name: 'Claude Sonnet 4',
    pricing: { prompt: '0.000003', completion: '0.000015', input_cache_read: '0.0000003' },
    outputModalities: ['text'],
  },
  {
    id: 'google/gemini-2.5-flash-image',
    name: 'Gemini 2.5 Flash Image',
    pricing: { prompt: '0.0000003', completion: '0.0000025' },
    outputModalities: ['image', 'text'],
  },
  {
    id: 'black-forest-labs/flux.2-pro',
    name: 'FLUX.2 Pro',
    pricing: { prompt: '0', completion: '0' },
    outputModalities: ['image'],
  },
]
