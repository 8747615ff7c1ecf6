import en from '@/locales/en/code-card.json'
import ja from '@/locales/ja/code-card.json'
import zhCN from '@/locales/zh-CN/code-card.json'
import { maskCode } from '@/src/domain/redemption'
import type { Language } from '@/src/domain/settings'
import type { CodeCard } from '@/src/messaging/codes-channel'
import { type CodesDoor, createCodesDoor } from '@/src/messaging/codes-door'
import type { CodeFinder } from '@/src/services/redeem/code-finder'
import type { CodeOffers } from '@/src/services/redeem/offers'

const WORDS: Record<Language, typeof en> = { en, ja, 'zh-CN': zhCN }

export interface CodeCardPorts {
  readonly finder: Pick<CodeFinder, 'isOn'>
  readonly offers: Pick<CodeOffers, 'put' | 'open'>
  /** The user's language. */
  readonly language: () => Promise<Language>
  /** Shows the page for codes. */
  readonly openRedeem: () => Promise<void>
}

/** What pages' scripts may ask for: the words of a card, and the way to the page for codes. */
export function createCodeCards(ports: CodeCardPorts): CodesDoor {
  return createCodesDoor({
    isOn: ports.finder.isOn,
    async cardFor(codes, origin) {
      const open = await ports.offers.open(codes, origin)
      return open.length === 0 ? null : cardIn(await ports.language(), open)
    },
    async take(codes, origin) {
      await ports.offers.put(codes, origin)
      await ports.openRedeem()
    },
  })
}

function cardIn(lang: Language, codes: readonly string[]): CodeCard {
  const { one, several, redeem, later } = WORDS[lang]
  const count = codes.length
  return {
    lang,
    title: count === 1 ? one : several.replace('{{count}}', String(count)),
    redeem,
    later,
    masked: codes.map(maskCode),
  }
}
