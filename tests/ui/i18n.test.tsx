// @vitest-environment jsdom
import { act, render } from '@testing-library/react'
import { useTranslation } from 'react-i18next'
import { describe, expect, it } from 'vitest'

import { i18n, loadTexts, showLanguage } from '@/src/ui/text/i18n'
import { resolveLanguage } from '@/src/domain/language'

describe('resolveLanguage', () => {
  it.each([
    ['auto', 'de-DE', 'en'],
    ['auto', 'en-GB', 'en'],
    ['auto', 'zh', 'zh-CN'],
    ['auto', 'zh-TW', 'zh-CN'],
    ['auto', 'ja-JP', 'ja'],
    ['ja', 'zh-CN', 'ja'],
  ] as const)('%s in a browser in %s is %s', (chosen, browser, language) => {
    expect(resolveLanguage(chosen, browser)).toBe(language)
  })
})

describe('showLanguage', () => {
  it('loads the language asked for and nothing else', async () => {
    await showLanguage('ja', ['common'])
    expect(i18n.hasResourceBundle('ja', 'common')).toBe(true)
    expect(i18n.hasResourceBundle('en', 'common')).toBe(false)
    expect(i18n.hasResourceBundle('ja', 'popup')).toBe(false)
  })

  it('lets a later choice win over one whose texts took longer', async () => {
    await showLanguage('zh-CN', ['common'], () => false)
    expect(i18n.language).toBe('ja')
  })

  it('has the words of a screen that was opened meanwhile', async () => {
    const change = showLanguage('zh-CN', ['common'])
    await Promise.all([change, loadTexts('ja', ['journal'])])
    expect(i18n.language).toBe('zh-CN')
    expect(i18n.hasResourceBundle('zh-CN', 'journal')).toBe(true)
  })

  it('falls back to English for a text a language lacks', async () => {
    await showLanguage('ja', ['common'])
    const texts = i18n.getResourceBundle('ja', 'common') as { search: Record<string, string> }
    const { clear, ...rest } = texts.search
    i18n.removeResourceBundle('ja', 'common')
    i18n.addResourceBundle('ja', 'common', { ...texts, search: rest })
    function Words() {
      return <p>{useTranslation('common').t('search.clear')}</p>
    }
    const { container } = render(<Words />)
    await act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    expect(clear).not.toBe('Clear search')
    expect(container.textContent).toBe('Clear search')
  })
})
