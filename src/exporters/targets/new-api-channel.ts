import { protocolBase } from '../bases'
import { defineExporter } from '../exporter'

/** `contracts/exports.md 6.4`: what the channel form of a New API recognises when it is pasted. */
export const newApiChannel = defineExporter({
  id: 'new-api-channel',
  kind: 'text',
  many: false,
  protocols: ['openai-compatible'],
  fields: () => [],
  notes: () => ['paste-into-channel-form'],
  build: (records) => {
    const forms = records.map((record) => ({
      _type: 'newapi_channel_conn',
      key: record.key,
      url: protocolBase(record, 'openai-compatible'),
    }))
    return { kind: 'text', text: JSON.stringify(forms[0]), language: 'json' }
  },
})
