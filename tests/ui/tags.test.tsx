// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import type { Tag } from '@/src/domain/credential'
import { FailureError, raise } from '@/src/domain/failure'

import { type Answers, detailsOf, openPage, press } from './options-harness'
import { deferred } from './support/deferred'
import { makeCredential, makeTag } from './support/make-credential'
import { makeRow } from './support/make-row'

const work = makeTag(1, 'Work')
const cheap = makeTag(2, 'Cheap')

async function openEdit(tagIds: string[], given: Answers = {}) {
  const row = makeRow(1, { tagIds })
  const tags: Tag[] = [cheap, work]
  const page = await openPage(`#/accounts/${row.id}/edit`, {
    'accounts.glance': () => ({ rows: [row], damaged: [] }),
    'accounts.details': () => detailsOf(row),
    'tags.list': () => tags,
    'tags.make': ({ name }) => {
      const tag = makeTag(9, name)
      tags.push(tag)
      return tag
    },
    ...given,
  })
  return { ...page, tags, field: await screen.findByRole('combobox', { name: /^Tags/ }) }
}

describe('tags of an account', () => {
  it('are chosen by keyboard and sent with the edit, and nothing else is', async () => {
    const page = await openEdit([cheap.id])
    await screen.findByRole('button', { name: 'Remove Cheap' })
    await page.user.type(page.field, 'wo{ArrowDown}{ArrowUp}{Enter}')
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([
      { id: makeRow(1).id, edit: { tagIds: [cheap.id, work.id] } },
    ])
  })

  it('are made on the fly, and not a second time in another letter case', async () => {
    const page = await openEdit([])
    await page.user.type(page.field, 'WORK')
    const list = within(screen.getByRole('listbox'))
    expect(list.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Work'])
    await page.user.clear(page.field)
    await page.user.type(page.field, 'New one')
    await page.user.click(screen.getByRole('option', { name: 'Create “New one”' }))
    await screen.findByRole('button', { name: 'Remove New one' })
    expect(page.sent('tags.make')).toEqual([{ name: 'New one' }])
  })

  it('are part of the edit also when it is saved before they are made', async () => {
    const made = deferred<Tag>()
    const page = await openEdit([], { 'tags.make': () => made.promise })
    await page.user.type(page.field, 'Slow{Enter}')
    await press(page, 'Save')
    expect(page.sent('accounts.edit')).toEqual([])
    made.resolve(makeTag(9, 'Slow'))
    await waitFor(() => {
      expect(page.sent('accounts.edit')).toEqual([
        { id: makeRow(1).id, edit: { tagIds: [makeTag(9, 'Slow').id] } },
      ])
    })
  })

  it('that are chosen while another one is made stay chosen', async () => {
    const slow = makeTag(9, 'Slow')
    const made = deferred<Tag>()
    const page = await openEdit([], { 'tags.make': () => made.promise })
    await page.user.type(page.field, 'Slow{Enter}')
    await page.user.clear(page.field)
    await page.user.type(page.field, 'wo{Enter}')
    await screen.findByRole('button', { name: 'Remove Work' })
    page.tags.push(slow)
    made.resolve(slow)
    await screen.findByRole('button', { name: 'Remove Slow' })
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([
      { id: makeRow(1).id, edit: { tagIds: [work.id, makeTag(9, 'Slow').id] } },
    ])
  })

  it('that could not be made keep the edit from being saved without them', async () => {
    const made = deferred<Tag>()
    const page = await openEdit([], { 'tags.make': () => made.promise })
    await page.user.type(page.field, 'Slow{Enter}')
    await press(page, 'Save')
    made.reject(new FailureError({ class: 'storage' }))
    await waitFor(() => {
      expect(page.field.getAttribute('aria-invalid')).toBe('true')
    })
    expect(document.activeElement).toBe(page.field)
    expect(page.sent('accounts.edit')).toEqual([])
  })

  it('are taken off by their button or the backspace key', async () => {
    const page = await openEdit([cheap.id, work.id])
    await page.user.click(await screen.findByRole('button', { name: 'Remove Cheap' }))
    await page.user.type(page.field, '{Backspace}')
    await press(page, 'Save')
    await screen.findByText('Saved')
    expect(page.sent('accounts.edit')).toEqual([{ id: makeRow(1).id, edit: { tagIds: [] } }])
  })

  it('close their list by escape without closing the form', async () => {
    const page = await openEdit([])
    await page.user.type(page.field, 'wo{Escape}')
    expect(screen.queryByRole('listbox')).toBeNull()
    screen.getByRole('complementary')
  })

  it('narrow the list of accounts', async () => {
    const { user } = await openPage('#/accounts', {
      'accounts.glance': () => ({
        rows: [makeRow(1, { tagIds: [work.id] }), makeRow(2, { tagIds: [cheap.id] }), makeRow(3)],
        damaged: [],
      }),
      'tags.list': () => [cheap, work],
    })
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Tag' }), 'Work')
    screen.getByRole('button', { name: 'Relay 1' })
    expect(screen.queryByRole('button', { name: 'Relay 2' })).toBeNull()
  })

  it('are not asked for where no account has any', async () => {
    const { sent, user } = await openPage('#/accounts', {
      'accounts.glance': () => ({ rows: [makeRow(1)], damaged: [] }),
    })
    await user.click(await screen.findByRole('button', { name: 'Relay 1' }))
    // Whatever the page asked for of itself was asked before this.
    await waitFor(() => {
      expect(sent('accounts.details')).toHaveLength(1)
    })
    expect(sent('tags.list')).toEqual([])
  })
})

const tagsSection = () => within(screen.getByRole('region', { name: 'Tags' }))

describe('tags in the settings', () => {
  async function openTags(given: Answers = {}) {
    const page = await openPage('#/settings', {
      'accounts.glance': () => ({ rows: [makeRow(1, { tagIds: [work.id] })], damaged: [] }),
      'credentials.list': () => [
        makeCredential(1, { decided: { tagIds: [work.id] } }),
        makeCredential(2, { decided: { tagIds: [work.id, cheap.id] } }),
      ],
      'tags.list': () => [cheap, work],
      'tags.edit': () => ({}),
      'tags.remove': () => ({ used: 3 }),
      ...given,
    })
    await screen.findByText('3 uses')
    screen.getByText('1 use')
    return page
  }

  it('are renamed everywhere at once', async () => {
    const { user, sent } = await openTags()
    await user.click(screen.getByRole('button', { name: 'Edit Work' }))
    const field = screen.getByLabelText('Name')
    await user.clear(field)
    await user.type(field, 'Office{Enter}')
    await waitFor(() => {
      expect(sent('tags.edit')).toEqual([{ id: work.id, name: 'Office', lowBalanceUsd: null }])
    })
    await waitFor(() => {
      expect(screen.queryByLabelText('Name')).toBeNull()
    })
  })

  it('get a threshold of their own, which is taken away by emptying it', async () => {
    const low: Tag = { ...work, lowBalanceUsd: 5 }
    const { user, sent } = await openTags({ 'tags.list': () => [cheap, low] })
    screen.getByText('low below $5.00')
    await user.click(screen.getByRole('button', { name: 'Edit Cheap' }))
    await user.type(tagsSection().getByLabelText('Low balance, US dollars'), '2,5{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Edit Work' }))
    const field = tagsSection().getByLabelText<HTMLInputElement>('Low balance, US dollars')
    expect(field.value).toBe('5')
    await user.clear(field)
    await user.click(tagsSection().getByRole('button', { name: 'Save' }))
    await waitFor(() => {
      expect(sent('tags.edit')).toEqual([
        { id: cheap.id, name: 'Cheap', lowBalanceUsd: 2.5 },
        { id: work.id, name: 'Work', lowBalanceUsd: null },
      ])
    })
  })

  it.each(['0', '-1', '1000001', 'lots'])('refuse the threshold %s', async (text) => {
    const { user, sent } = await openTags()
    await user.click(screen.getByRole('button', { name: 'Edit Work' }))
    const field = tagsSection().getByLabelText('Low balance, US dollars')
    await user.type(field, text)
    await user.click(screen.getByLabelText('Name'))
    await user.keyboard('{Enter}')
    await screen.findByText('Enter an amount from 0.01 to 1,000,000, or nothing.')
    expect(document.activeElement).toBe(field)
    expect(sent('tags.edit')).toEqual([])
  })

  it('say that a name is taken', async () => {
    const { user } = await openTags({
      'tags.edit': () => raise({ class: 'input', reason: 'duplicate-tag', field: 'name' }),
    })
    await user.click(screen.getByRole('button', { name: 'Edit Work' }))
    const field = screen.getByLabelText('Name')
    await user.clear(field)
    await user.type(field, 'cheap')
    await user.click(tagsSection().getByRole('button', { name: 'Save' }))
    await screen.findByText('There is a tag of this name already.')
    expect(field.getAttribute('aria-invalid')).toBe('true')
  })

  it('are deleted after a question that tells how many use them', async () => {
    const { user, sent } = await openTags()
    await user.click(screen.getByRole('button', { name: 'Delete Work' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Delete the tag Work?' }))
    dialog.getByText('It is taken from 3 accounts and credentials.')
    await user.click(dialog.getByRole('button', { name: 'Delete' }))
    await screen.findByText('Work deleted and taken from 3 entries.')
    expect(sent('tags.remove')).toEqual([{ id: work.id }])
  })
})
