// @vitest-environment jsdom
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { Failure } from '@/src/domain/failure'
import { LANGUAGES } from '@/src/domain/settings'
import { LATE_TOLD_APART, TOLD_APART, useFailureText } from '@/src/ui/text/failure-text'
import { failureReport, pathOf } from '@/src/ui/text/trace-text'

import { renderUi, withTexts } from './support/render-ui'

withTexts()

type Words = Record<string, Record<string, { sentence?: string; next?: string }>>

function wordsIn(language: string, file: string): Words {
  const texts = JSON.parse(readFileSync(`locales/${language}/${file}.json`, 'utf8')) as {
    reason: Words
  }
  return texts.reason
}

const FILES = { failures: TOLD_APART, 'late-failures': LATE_TOLD_APART } as const

const cases = LANGUAGES.flatMap((language) =>
  (['failures', 'late-failures'] as const).map((file) => [file, language] as const),
)

describe.each(cases)('reasons of %s in %s', (file, language) => {
  const words = wordsIn(language, file)
  const told: readonly string[] = FILES[file]

  it.each(told)('%s says what happened and what to do', (key) => {
    const [kind = '', reason = ''] = key.split(/\.(.*)/s)
    const { sentence = '', next = '' } = words[kind]?.[reason] ?? {}
    expect(sentence).toMatch(/[.。]$/)
    expect(next).toMatch(/[.。]$/)
    expect(`${sentence}${next}`).not.toMatch(/[!！]/)
  })

  it('have no words that nothing leads to', () => {
    const keys = Object.entries(words).flatMap(([kind, reasons]) =>
      Object.keys(reasons).map((reason) => `${kind}.${reason}`),
    )
    expect(keys.sort()).toEqual([...told].sort())
  })
})

/** The words of a failure, as a component gets them. */
function read(failure: Failure) {
  const told: ReturnType<ReturnType<typeof useFailureText>>[] = []
  function Reader() {
    told.push(useFailureText()(failure, 'relay.example'))
    return null
  }
  renderUi(<Reader />)
  return told[0]!
}

describe('next steps', () => {
  const soonMs = Date.now() + 3_600_000

  it('wait where the site asked for it', () => {
    const words = read({ class: 'limit', reason: 'site-asked', retryAtMs: soonMs })
    expect(words.nextStep).toMatch(/^Try again after /)
    expect(words.resumes).toBeNull()
  })

  it('do not wait where only Relaydeck rests', () => {
    const words = read({ class: 'network', reason: 'resting', retryAtMs: soonMs })
    expect(words.sentence).toContain('leaves it alone for a while')
    expect(words.nextStep).toBe('Refresh this account to try at once.')
    expect(words.resumes).toMatch(/^No automatic try before /)
  })

  it('name no time that has passed', () => {
    const words = read({ class: 'limit', reason: 'budget', retryAtMs: Date.now() - 60_000 })
    expect(words.nextStep).toBe('Wait a few minutes, then refresh.')
    expect(read({ class: 'network', reason: 'resting', retryAtMs: 1 }).resumes).toBeNull()
  })

  it('are shared by reasons that mean the same to a person', () => {
    expect(read({ class: 'login', reason: 'refresh-token-invalid' }).sentence).toBe(
      read({ class: 'login', reason: 'session-ended' }).sentence,
    )
  })
})

describe('the report', () => {
  it('names class, reason, software, status, next time and every request', () => {
    const atMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    const failure: Failure = {
      class: 'challenge',
      reason: 'blocked-page',
      path: '/api/user/self',
      httpStatus: 403,
      retryAtMs: atMs,
      trace: [
        {
          atMs,
          method: 'GET',
          path: '/api/status',
          proof: 'none',
          via: 'worker',
          outcome: 'answered',
          httpStatus: 200,
          media: 'json',
          tookMs: 12,
        },
        {
          atMs,
          method: 'GET',
          path: '/api/user/self',
          proof: 'authorization',
          via: 'tab',
          outcome: 'network/timeout',
        },
      ],
    }
    expect(failureReport(failure, { siteType: 'new-api', generation: 'g2' })).toBe(
      [
        'class: challenge',
        'reason: blocked-page',
        'site: new-api',
        'generation: g2',
        'path: /api/user/self',
        'status: 403',
        'next: 2026-01-02T03:04:05.678Z',
        'requests:',
        '2026-01-02T03:04:05.678Z GET /api/status none worker answered 200 json 12ms',
        '2026-01-02T03:04:05.678Z GET /api/user/self authorization tab network/timeout - - -',
      ].join('\n'),
    )
  })

  it('holds neither words of the site nor the field nor an origin', () => {
    const report = failureReport(
      { class: 'refused', field: 'data.secretive', detail: 'Dear alice, no.' },
      { siteType: 'sub2api' },
    )
    expect(report).toBe('class: refused\nsite: sub2api')
  })

  it.each([
    ['/api/v1/auth/login/2fa', '/api/v1/auth/login/2fa'],
    ['/api/user/8123', '/api/user/*'],
    ['/api/token/8123/key?x=alice', '/api/token/*/key'],
    ['/v1/keys/3f2b8c1e-90aa-4c1d-8e2f-1b2c3d4e5f60', '/v1/keys/*'],
    ['/api/user/self/access_tokens', '/api/user/self/access_tokens'],
  ])('of the path %s keeps %s', (path, kept) => {
    expect(pathOf(path)).toBe(kept)
  })
})
