// @vitest-environment jsdom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { FAILURE_CLASSES } from '@/src/domain/failure'
import { HEALTHS } from '@/src/domain/health'
import { complete, partial, unavailable } from '@/src/domain/metric'
import { Age } from '@/src/ui/components/age'
import { Amount } from '@/src/ui/components/amount'
import { FailureNotice } from '@/src/ui/components/failure-notice'
import { HealthMark } from '@/src/ui/components/health-mark'
import { Meter } from '@/src/ui/components/meter'
import { Monogram } from '@/src/ui/components/monogram'
import { ProgressRing } from '@/src/ui/components/progress-ring'

import { renderUi, withTexts } from './support/render-ui'

withTexts()
afterEach(() => {
  vi.useRealTimers()
})
const RATES = { unit: 'points', quotaPerUnit: 500_000, exchangeRate: 7.2 } as const

describe('Amount', () => {
  it('shows what is exact', () => {
    const { container } = renderUi(
      <Amount metric={complete(6_170_000)} rates={RATES} currency="USD" />,
    )
    expect(container.textContent).toBe('$12.34')
  })

  it('marks a lower bound, for eyes and ears', () => {
    const { container } = renderUi(
      <Amount metric={partial(500_000, 'page-limit')} rates={RATES} currency="CNY" />,
    )
    expect(container.querySelector('[aria-hidden]')?.textContent).toBe('≥ ¥7.20')
    expect(container.querySelector('.sr-only')?.textContent).toMatch(/^At least ¥7.20: /)
  })

  it('says why there is no number, and never shows 0', () => {
    const { container } = renderUi(
      <Amount metric={unavailable('never-fetched')} rates={RATES} currency="points" />,
    )
    expect(screen.getByTitle('Unknown: not refreshed yet')).toBeTruthy()
    expect(container.textContent).not.toMatch(/0/)
    expect(container.textContent).toContain('—')
  })
})

it('HealthMark tells the states apart by shape and word', () => {
  const shapes = HEALTHS.map((health) => {
    const { container, unmount } = renderUi(<HealthMark health={health} />)
    const told = [container.querySelector('svg')?.innerHTML, container.textContent]
    unmount()
    return told
  })
  expect(new Set(shapes.map(([shape]) => shape)).size).toBe(HEALTHS.length)
  expect(new Set(shapes.map(([, word]) => word)).size).toBe(HEALTHS.length)
})

it('Age grows older by itself and tells the exact time', () => {
  vi.useFakeTimers()
  vi.setSystemTime(new Date(2026, 5, 15, 12))
  const { container } = renderUi(<Age atMs={Date.now()} />)
  act(() => {
    vi.advanceTimersByTime(5 * 60_000)
  })
  const time = container.querySelector('time')
  expect(time?.textContent).toMatch(/^[45] min ago$/)
  expect(time?.title).toContain('12:00:00')
  expect(time?.dateTime).toBe(new Date(2026, 5, 15, 12).toISOString())
})

describe('FailureNotice', () => {
  it.each(FAILURE_CLASSES)('has words for %s', (each) => {
    const { container } = renderUi(
      <FailureNotice failure={{ class: each, httpStatus: 500 }} siteName="relay.example" />,
    )
    expect(container.querySelectorAll('p')).toHaveLength(2)
    expect(container.textContent).not.toMatch(/class\.|reason\.|\{\{/)
  })

  it('reads an answer as another user as exactly that', () => {
    renderUi(<FailureNotice failure={{ class: 'identity', reason: 'user-mismatch' }} />)
    expect(screen.getByText('Answered as another user')).toBeTruthy()
  })

  it('prefers the words of the reason, and says when trying again makes sense', () => {
    const { container } = renderUi(
      <FailureNotice
        failure={{ class: 'limit', reason: 'budget', retryAtMs: new Date(2199, 0, 1).getTime() }}
        siteName="relay.example"
      />,
    )
    expect(container.textContent).toContain('Relaydeck pauses before asking relay.example again')
    expect(container.textContent).toContain('Try again after Jan 1, 2199')
  })

  it('copies codes only', async () => {
    const user = userEvent.setup()
    renderUi(
      <FailureNotice
        failure={{
          class: 'refused',
          reason: 'business',
          path: '/api/user/self',
          httpStatus: 200,
          detail: 'words of the site',
        }}
        subject={{ siteType: 'new-api', generation: 'g1b' }}
      />,
    )
    await user.click(screen.getByRole('button', { name: 'Copy details' }))
    expect(await navigator.clipboard.readText()).toBe(
      'class: refused\nreason: business\nsite: new-api\ngeneration: g1b\npath: /api/user/self\nstatus: 200',
    )
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
  })
})

it.each([
  ['Cloud Harbor', 'CH'],
  ['api-mirror', 'AM'],
  ['星云中转', '星'],
  ['Kite 23', 'K'],
  ['42', '4'],
  ['!!', '·'],
])('Monogram of %s is %s', (name, letters) => {
  const { container } = renderUi(<Monogram name={name} />)
  expect(container.textContent).toBe(letters)
})

it('ProgressRing tells how far, or that nobody knows', () => {
  renderUi(<ProgressRing value={3} max={12} label="Refreshing" />)
  const ring = screen.getByRole('progressbar', { name: 'Refreshing' })
  expect([ring.getAttribute('aria-valuenow'), ring.getAttribute('aria-valuemax')]).toEqual([
    '3',
    '12',
  ])
})

it('Meter stays within its ends and reads its value out with the unit', () => {
  renderUi(<Meter value={12} max={10} label="Day" text="$12.00" />)
  const meter = screen.getByRole('meter', { name: 'Day' })
  expect(meter.getAttribute('aria-valuenow')).toBe('10')
  expect(meter.getAttribute('aria-valuetext')).toBe('$12.00')
})
