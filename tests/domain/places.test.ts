import { expect, test } from 'vitest'

import { NOTICE_EVENTS } from '@/src/domain/notice'
import { noticePlace } from '@/src/domain/places'
import { hrefOf, parseRoute } from '@/src/ui/features/shell/route'

test.each([...NOTICE_EVENTS, 'test', 'of a later version'])(
  'a notification of %s leads to a page',
  (event) => {
    const route = parseRoute(noticePlace(event))
    expect(route && hrefOf(route)).toBe(`#${noticePlace(event)}`)
  },
)

test('what a notification tells is on the page it leads to', () => {
  const places = Object.fromEntries(NOTICE_EVENTS.map((event) => [event, noticePlace(event)]))
  expect(places).toEqual({
    'check-in-finished': '/check-in',
    'check-in-needs-you': '/check-in',
    'low-balance': '/accounts',
    'login-expired': '/needs-you',
    'sync-failed': '/settings',
  })
})
