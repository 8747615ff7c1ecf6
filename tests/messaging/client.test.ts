import { beforeEach, describe, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { send } from '@/src/messaging/client'

beforeEach(() => {
  fakeBrowser.reset()
})

/** Stands in for the worker's end of the line. */
function answerWith(answer: unknown): void {
  fakeBrowser.runtime.onMessage.addListener(() => Promise.resolve(answer))
}

describe('a message to the worker', () => {
  test('brings back the value or the failure', async () => {
    answerWith({ ok: true, value: null })
    expect(await send('refresh.progress', {})).toEqual({ ok: true, value: null })
    fakeBrowser.reset()
    answerWith({ ok: false, failure: { class: 'limit', retryAtMs: 7 } })
    expect(await send('refresh.progress', {})).toEqual({
      ok: false,
      failure: { class: 'limit', retryAtMs: 7 },
    })
  })

  test('that nobody answers is a failure of its own class, not an exception', async () => {
    const interrupted = { ok: false, failure: { class: 'interrupted', reason: 'no-answer' } }
    expect(await send('app.boot', {})).toEqual(interrupted)
    fakeBrowser.runtime.onMessage.addListener(() => Promise.reject(new Error('worker stopped')))
    expect(await send('app.boot', {})).toEqual(interrupted)
  })

  test.each([undefined, null, 'yes', {}, { ok: 'true' }, { ok: false }])(
    'with no reply of ours counts as unanswered: %j',
    async (answer) => {
      answerWith(answer)
      expect(await send('app.boot', {})).toMatchObject({ failure: { class: 'interrupted' } })
    },
  )
})
