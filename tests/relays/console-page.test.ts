// @vitest-environment node
import { Script } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import { ALICE, GENERATIONS, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

describe.each(GENERATIONS)('%s: front end', (generation) => {
  const isNew = generation === 'g2' || generation === 'g3'

  test('has the login form and a script that stores the user only before G2', async () => {
    const { call } = await startTestRelay(generation, { systemName: 'Relay One' })
    const { text } = await call('GET', '/login')
    expect(text).toMatch(/<label>Username<input/)
    expect(text).toMatch(/<label>Password<input/)
    expect(text).toContain('<button>Log in</button>')
    const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? ''
    expect(() => new Script(script)).not.toThrow()
    expect(script.includes(`localStorage.setItem('user'`)).toBe(!isNew)
    expect(script.includes('/api/user/auth/refresh')).toBe(isNew)
    expect(text).not.toContain('cf-turnstile"')
  })

  test('leaves a Turnstile answer that is good for one login', async () => {
    const { call } = await startTestRelay(generation, { turnstile: true })
    const { text } = await call('GET', '/profile')
    const token = /name="cf-turnstile-response" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const body = { username: ALICE.username, password: ALICE.password }
    const answer = await call('POST', `/api/user/login?turnstile=${token}`, { body })
    expect([token !== '', answer.json?.['success']]).toEqual([true, true])
  })
})
