import type { ModelProbe, Said } from './protocol'
import { VERIFY_TOOL } from './protocol'
import { fail, type Verdict } from './refusal'

const PASS: Verdict = { state: 'pass', cause: 'ok' }

/** The verdict on what a model said (`contracts/exports.md 8.3, 8.6`). */
export function judgeSaid(probe: ModelProbe, said: Said, streamed: boolean): Verdict {
  switch (probe) {
    case 'text':
      return judgeText(said)
    case 'stream':
      return streamed ? judgeText(said) : fail('not-streamed', said.text)
    case 'tools': {
      const hasCall = said.calls.some(({ name }) => name === VERIFY_TOOL.name)
      return hasCall ? PASS : fail('no-tool-call', said.text)
    }
    case 'structured':
      return [said.text, ...said.calls.map(({ input }) => input)].some(isOkObject)
        ? PASS
        : fail('not-structured', said.text)
    default: {
      // Which tool a model takes, and whether it rather talks, is up to the model.
      if (said.calls.length === 0 && said.text === '') return fail('no-tool-call')
      return streamed ? PASS : fail('not-streamed', said.text)
    }
  }
}

function judgeText({ text }: Said): Verdict {
  // The word itself: "Broken" is no "OK".
  return /\bok\b/i.test(text) ? PASS : fail('wrong-text', text)
}

function isOkObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && 'ok' in value && value.ok === true
  } catch {
    return false
  }
}
