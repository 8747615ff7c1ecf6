import * as z from 'zod/mini'

import { automationSettingsSchema } from '@/src/domain/automation-settings'
import { failureSchema } from '@/src/domain/failure-schema'
import { CHANNEL_KINDS, channelConfigSchema } from '@/src/domain/notice'
import { warningSchema } from '@/src/domain/warning'

const none = z.strictObject({})
const kind = z.enum(CHANNEL_KINDS)

export const automationMessages = {
  'automation.settings': { input: none, output: automationSettingsSchema() },
  /**
   * Replaces whole sections. Fails with `input` and the field: `checkIn.to` (`window-empty`),
   * `checkIn.at` (`outside-window`), or what is out of its range.
   */
  'automation.set': {
    input: z.strictObject({ edit: z.partial(automationSettingsSchema()) }),
    output: automationSettingsSchema(),
  },
  /**
   * The popup was opened, after its first paint: begins what the settings say, and tells what will
   * soon need the user.
   */
  'automation.popup': {
    input: none,
    output: z.object({ warnings: z.array(warningSchema) }),
  },
  'warnings.list': { input: none, output: z.array(warningSchema) },
  /** Puts warnings away for the cooldown of the settings. */
  'warnings.putAway': {
    input: z.strictObject({ keys: z.array(z.string().check(z.maxLength(200))) }),
    output: none,
  },
  /** Channels of notices, without anything secret in them. */
  'notices.channels': {
    input: none,
    output: z.array(
      z.object({
        kind,
        enabled: z.boolean(),
        /** Where it sends to: needed to ask for access, and to tell channels apart. */
        origin: z.string(),
        /** Whether the browser grants access to it. */
        granted: z.boolean(),
        /** What came of the last notice; absent = none yet. */
        last: z.optional(z.object({ atMs: z.int(), failure: z.optional(failureSchema) })),
      }),
    ),
  },
  /**
   * Where a configuration would send to; nothing is stored or sent. Fails with `input` and the field
   * that is missing or wrong.
   */
  'notices.originOf': {
    input: z.strictObject({ config: channelConfigSchema() }),
    output: z.object({ origin: z.string() }),
  },
  /**
   * Stores a channel. `config` absent: the stored one stays. Fails as `notices.originOf`, and with
   * `access` when it shall be on and the browser grants no access to where it sends to.
   */
  'notices.save': {
    input: z.strictObject({
      kind,
      enabled: z.boolean(),
      config: z.optional(channelConfigSchema()),
    }),
    output: none,
  },
  'notices.remove': { input: z.strictObject({ kind }), output: none },
  /**
   * Sends a sample through one channel or the browser itself, whatever is switched on. Fails with
   * the service's own words in `detail`, secrets removed.
   */
  'notices.test': {
    input: z.strictObject({ to: z.enum(['browser', ...CHANNEL_KINDS]) }),
    output: none,
  },
}
