// @vitest-environment jsdom
import { it } from 'vitest'
import { openPage, row } from './options-harness'
it('x', async () => {
  const p = await openPage('#/accounts', { 'accounts.glance': () => ({ rows: [row(1)], damaged: [] }) })
  await new Promise((r) => setTimeout(r, 800))
  console.log(document.querySelector('main')?.innerHTML.slice(0, 6000), p.sent('accounts.glance'))
})
