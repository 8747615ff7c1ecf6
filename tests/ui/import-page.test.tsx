// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing'

import { raise } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Recognised } from '@/src/domain/recognition'
import { forget } from '@/src/ui/features/import/import-store'

import { openPage } from './options-harness'
import { makeRow } from './support/make-row'

interface Node {
  title: string
  url?: string
  children?: Node[]
}

const at = (index: number) => `https://relay${String(index)}.example`
const page = (index: number): Node => ({
  title: `Page ${String(index)}`,
  url: `${at(index)}/panel`,
})

const FEW: Node[] = [
  page(1),
  { title: 'Work', children: [page(2), { title: 'Deep', children: [page(3)] }] },
]

/** What the browser does in a test. */
const remove = vi.fn(() => Promise.resolve(true))
const getTree = vi.fn((): Promise<unknown> => Promise.resolve([]))

function recognisedAt(origin: string): Recognised {
  return {
    detected: {
      origin,
      siteType: 'new-api',
      evidence: [{ sign: 'title' }],
      siteName: 'Relay',
      unit: 'points',
      quotaPerUnit: 500_000,
      exchangeRate: 7.3,
    },
    recognition: null,
  }
}

type Given = NonNullable<Parameters<typeof openPage>[1]>

async function openImport(nodes: Node[], given: Given = {}) {
  getTree.mockResolvedValue([{ title: '', children: nodes }])
  return openPage('#/import', {
    'sites.detect': ({ origin }) => recognisedAt(origin),
    'sites.revoke': () => ({}),
    ...given,
  })
}

/** The same, with the bookmarks read. */
async function openChoice(nodes: Node[], given: Given = {}) {
  const opened = await openImport(nodes, given)
  await opened.user.click(await screen.findByRole('button', { name: 'Read bookmarks' }))
  await screen.findByRole('list', { name: 'Sites among your bookmarks' })
  return opened
}

/** The same, with all of them looked at. */
async function openResults(nodes: Node[], given: Given = {}) {
  const opened = await openChoice(nodes, given)
  await opened.user.click(screen.getByRole('button', { name: 'Select all' }))
  await opened.user.click(screen.getByRole('button', { name: /^Look at \d+ sites?$/ }))
  await screen.findByRole('list', { name: 'Sites looked at' })
  return opened
}

const accounts = (...rows: GlanceRow[]): Given => ({
  'accounts.glance': () => ({ rows, damaged: [] }),
})

function box(index: number): HTMLElement {
  return screen.getByRole('checkbox', { name: new RegExp(`^relay${String(index)}\\.example`) })
}

function rowOf(index: number) {
  const link = screen.getByRole('link', { name: `relay${String(index)}.example` })
  return within(link.closest<HTMLElement>('[role=listitem]')!)
}

beforeEach(() => {
  forget()
  Object.assign(fakeBrowser.permissions, { remove })
  Object.assign(fakeBrowser.bookmarks, { getTree })
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (
    this: HTMLElement,
  ) {
    return this.getAttribute('role') === 'listitem' ? 60 : 800
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  remove.mockClear()
  getTree.mockClear()
})

describe('reading the bookmarks', () => {
  it('asks the browser in the click, and gives the permission back at once', async () => {
    const { user, request } = await openImport(FEW)
    await user.click(await screen.findByRole('button', { name: 'Read bookmarks' }))
    expect(request).toHaveBeenCalledWith({ permissions: ['bookmarks'] })
    await screen.findByText('3 of 3 sites.', { exact: false })
    expect(remove).toHaveBeenCalledWith({ permissions: ['bookmarks'] })
  })

  it('says so when it is refused, and can be asked again', async () => {
    const { user, request } = await openImport(FEW)
    request.mockResolvedValueOnce(false)
    await user.click(await screen.findByRole('button', { name: 'Read bookmarks' }))
    await screen.findByText('Bookmarks may not be read')
    expect(getTree).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Ask again' }))
    await screen.findByText('3 of 3 sites.', { exact: false })
  })

  it('says why it failed, and gives the permission back all the same', async () => {
    const { user } = await openImport(FEW)
    getTree.mockRejectedValueOnce(new Error('no bookmarks'))
    await user.click(await screen.findByRole('button', { name: 'Read bookmarks' }))
    await screen.findByText('Error in Relaydeck')
    expect(remove).toHaveBeenCalled()
  })

  it('counts what it leaves out', async () => {
    await openChoice([
      page(1),
      { title: 'Again', url: 'HTTPS://Relay1.example:443/other?key=1#x' },
      { title: 'Another port', url: 'https://relay1.example:8443/' },
      { title: 'Script', url: 'javascript:alert(1)' },
      { title: 'File', url: 'file:///etc/hosts' },
      { title: 'Broken', url: 'http://' },
      { title: 'Nothing in it', children: [] },
    ])
    await screen.findByText(/^2 of 2 sites\./)
    screen.getByText(/Ignored: 1 repeated, 2 not web pages, 1 unreadable\./)
    screen.getByRole('checkbox', { name: /^relay1\.example:8443/ })
  })

  it('says that there is nothing where no bookmark leads to a web page', async () => {
    const { user } = await openImport([{ title: 'File', url: 'file:///etc/hosts' }])
    await user.click(await screen.findByRole('button', { name: 'Read bookmarks' }))
    await screen.findByText('No sites found')
  })
})

describe('choosing sites', () => {
  it('starts with none, so that nothing is asked of a site nobody picked', async () => {
    const { user } = await openChoice(FEW)
    expect(box(1).getAttribute('aria-checked')).toBe('false')
    expect(screen.getByRole('button', { name: 'Look at 0 sites' })).toHaveProperty('disabled', true)
    await user.click(box(1))
    expect(box(1).getAttribute('aria-checked')).toBe('true')
    screen.getByRole('button', { name: 'Look at 1 site' })
  })

  it('takes all, none and the inverse of what is shown', async () => {
    const { user } = await openChoice(FEW)
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    screen.getByRole('button', { name: 'Look at 3 sites' })
    await user.type(screen.getByRole('searchbox'), 'page 2')
    await user.click(screen.getByRole('button', { name: 'Invert' }))
    await user.clear(screen.getByRole('searchbox'))
    expect([1, 2, 3].map((index) => box(index).getAttribute('aria-checked'))).toEqual([
      'true',
      'false',
      'true',
    ])
    await user.click(screen.getByRole('button', { name: 'Select none' }))
    screen.getByRole('button', { name: 'Look at 0 sites' })
  })

  it('is narrowed to a folder with everything below it', async () => {
    const { user } = await openChoice(FEW)
    await user.selectOptions(screen.getByLabelText('Folder'), 'Work')
    screen.getByText(/^2 of 3 sites\./)
    await user.selectOptions(screen.getByLabelText('Folder'), 'Work / Deep')
    screen.getByText(/^1 of 3 sites\./)
    await user.type(screen.getByRole('searchbox'), 'page 1')
    await user.click(screen.getByRole('button', { name: 'Show all sites' }))
    screen.getByText(/^3 of 3 sites\./)
  })

  it('leaves sites with accounts out until they are wanted', async () => {
    const stored = makeRow(1, { name: 'Mine', origin: at(1) })
    const { user } = await openChoice(FEW, accounts(stored))
    expect(box(1).textContent).toContain('Stored as Mine')
    expect(box(1).getAttribute('aria-disabled')).toBe('true')
    await user.click(box(1))
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    screen.getByRole('button', { name: 'Look at 2 sites' })
    await user.click(screen.getByRole('switch', { name: /^Include sites/ }))
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    screen.getByRole('button', { name: 'Look at 3 sites' })
  })

  it('keeps few elements for 300 sites, and arrows move between them', async () => {
    const { user } = await openChoice(Array.from({ length: 300 }, (_, index) => page(index + 1)))
    screen.getByText(/^300 of 300 sites\./)
    const boxes = screen.getAllByRole('checkbox')
    expect(boxes.length).toBeLessThan(60)
    boxes[0]!.focus()
    await user.keyboard('{ArrowDown} ')
    expect(document.activeElement?.getAttribute('aria-checked')).toBe('true')
    expect(document.activeElement).toBe(screen.getAllByRole('checkbox')[1])
  })
})

describe('looking at sites', () => {
  it('asks the browser one question for all of them', async () => {
    const { request, sent } = await openResults(FEW)
    expect(request).toHaveBeenLastCalledWith({
      origins: [1, 2, 3].map((index) => `${at(index)}/*`),
    })
    await screen.findByText('3 recognised, 0 not')
    expect(sent('sites.detect')).toHaveLength(3)
    rowOf(1).getByText('New API')
    rowOf(1).getByText('Recognised by the title of its page')
    expect(
      rowOf(1)
        .getByRole('link', { name: /^Add… / })
        .getAttribute('href'),
    ).toBe(`#/accounts?add=1&origin=${encodeURIComponent(at(1))}`)
  })

  it('stays where it is when access is refused', async () => {
    const { user, request, sent } = await openChoice(FEW)
    request.mockResolvedValueOnce(false)
    await user.click(box(1))
    await user.click(screen.getByRole('button', { name: 'Look at 1 site' }))
    await screen.findByText('Access was not granted')
    expect(sent('sites.detect')).toEqual([])
    expect(box(1).getAttribute('aria-checked')).toBe('true')
  })

  it('goes on when a site fails, and says why in words', async () => {
    await openResults(FEW, {
      'sites.detect': ({ origin }) => {
        if (origin === at(1)) return raise({ class: 'internal' })
        if (origin === at(3)) return recognisedAt(origin)
        return { detected: null, recognition: null, failure: { class: 'unsupported' } }
      },
    })
    await screen.findByText('1 recognised, 2 not')
    rowOf(1).getByText('Error in Relaydeck')
    rowOf(2).getByText('Site not recognised')
    rowOf(2).getByRole('link', { name: /^Add anyway… / })
    rowOf(3).getByText('New API')
  })

  it('looks at four at once, tells how far it is, and is cancelled in between', async () => {
    const ends: (() => void)[] = []
    const { user, sent } = await openResults(
      Array.from({ length: 6 }, (_, index) => page(index + 1)),
      {
        // The harness waits for what an answer promises.
        'sites.detect': ({ origin }) =>
          new Promise((resolve) => {
            ends.push(() => {
              resolve(recognisedAt(origin))
            })
          }),
      },
    )
    await screen.findByText('0 of 6 looked at')
    expect(sent('sites.detect')).toHaveLength(4)
    act(() => {
      ends[0]!()
    })
    await screen.findByText('1 of 6 looked at')
    await waitFor(() => {
      expect(sent('sites.detect')).toHaveLength(5)
    })
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await screen.findByText('1 recognised, 0 not, 5 not looked at')
    // Whoever answers after that is not heard any more.
    act(() => {
      ends[1]!()
    })
    expect(rowOf(2).getByText('Not looked at')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Look again at 5 sites' }))
    await screen.findByText('1 of 6 looked at')
  })

  it('gives a silent worker 10 s per site', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    await openResults([page(1)], { 'sites.detect': () => new Promise(() => {}) })
    await screen.findByText('0 of 1 looked at')
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    await screen.findByText('0 recognised, 1 not')
    rowOf(1).getByText(/did not answer in time/)
  })

  it('takes one failed row again', async () => {
    let broken = true
    const { user } = await openResults(FEW, {
      'sites.detect': ({ origin }) =>
        broken && origin === at(2) ? raise({ class: 'network' }) : recognisedAt(origin),
    })
    await screen.findByText('2 recognised, 1 not')
    broken = false
    await user.click(rowOf(2).getByRole('button', { name: /^Look again / }))
    await screen.findByText('3 recognised, 0 not')
  })
})

describe('after looking', () => {
  it('keeps everything while an account is added, and shows it as stored', async () => {
    let rows: GlanceRow[] = []
    const { user } = await openResults(FEW, {
      'accounts.glance': () => ({ rows, damaged: [] }),
    })
    await screen.findByText('3 recognised, 0 not')
    await user.click(rowOf(1).getByRole('link', { name: /^Add… / }))
    await screen.findByRole('complementary', { name: 'Add account' })
    rows = [makeRow(1, { name: 'Mine', origin: at(1) })]
    act(() => {
      location.hash = '#/import'
    })
    await screen.findByText('3 recognised, 0 not')
    await waitFor(() => {
      expect(rowOf(1).getByRole('link', { name: 'Mine' })).toBeTruthy()
    })
    screen.getByText('You have not added 2 of these sites')
  })

  it('gives back what was not added, and nothing an account needs on any port', async () => {
    const row = makeRow(1, { origin: `${at(1)}:8443` })
    const { user, sent } = await openResults(FEW, accounts(row))
    await screen.findByText('3 recognised, 0 not')
    await user.click(
      screen.getByRole('button', { name: 'Give back access to the 2 sites you did not add' }),
    )
    await screen.findByText('Access to 2 sites was given back.')
    expect(sent('sites.revoke')).toEqual([{ origins: [at(2), at(3)] }])
  })

  it('does that by itself when it is done, and forgets the bookmarks', async () => {
    const { user, sent } = await openResults(FEW)
    await screen.findByText('3 recognised, 0 not')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => {
      expect(location.hash).toBe('#/accounts')
    })
    expect(sent('sites.revoke')).toEqual([{ origins: [at(1), at(2), at(3)] }])
    act(() => {
      location.hash = '#/import'
    })
    await screen.findByRole('button', { name: 'Read bookmarks' })
  })

  it('stays and says so when the browser keeps a site', async () => {
    const { user } = await openResults(FEW, {
      'sites.revoke': ({ origins }) =>
        origins.includes(at(2)) ? raise({ class: 'internal' }) : {},
    })
    await screen.findByText('3 recognised, 0 not')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await screen.findByText(/^Still granted: relay2\.example\./)
    expect(location.hash).toBe('#/import')
    screen.getByRole('button', { name: 'Give back access to the site you did not add' })
  })

  it('gives nothing back while the accounts cannot be read', async () => {
    let broken = false
    const { user, sent } = await openResults(FEW, {
      'accounts.glance': () => (broken ? raise({ class: 'storage' }) : { rows: [], damaged: [] }),
    })
    await screen.findByText('3 recognised, 0 not')
    broken = true
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await screen.findByText('Stored data not readable')
    expect(sent('sites.revoke')).toEqual([])
  })
})
