import { expect, test } from 'vitest'

import { pageOf } from '@/src/domain/site-pages'
import { adapterFor } from '@/src/sites/registry'

const ORIGIN = 'https://relay.example'

test('pages of New API are where its front end has them', () => {
  const { description } = adapterFor('new-api')
  const path = (page: 'checkIn' | 'redeem' | 'login', theme?: 'default' | 'classic') =>
    pageOf(description, ORIGIN, page, theme && { status: { theme } })?.replace(ORIGIN, '')
  expect(path('checkIn', 'default')).toBe('/profile')
  expect(path('redeem', 'default')).toBe('/wallet')
  expect(path('login', 'default')).toBe('/sign-in')
  expect(path('checkIn', 'classic')).toBe('/console/personal')
  expect(path('checkIn')).toBe('/console/personal')
})

test('a relative keeps its own pages whatever front end its status names', () => {
  const { description } = adapterFor('wong')
  const known = { status: { theme: 'default' as const } }
  expect(pageOf(description, ORIGIN, 'checkIn', known)).toBe(`${ORIGIN}/console/topup`)
})
