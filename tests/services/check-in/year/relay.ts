import { failed, ok, type Result } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'
import type { SiteRequest } from '@/src/net/transport'
import type {
  CheckInAnswer,
  CheckInOperations,
  DailyAdapter,
  SiteContext,
} from '@/src/sites/adapter'

import { makeFakeSite } from '../../../support/fake-adapter'
import { makeFigures } from '../../../support/make'
import type { Chance, Scenario } from './scenario'
import type { Step } from './year-worker'
import { dayNumber } from './zones'

const DAY_MS = 86_400_000
const REWARD = 1000
/** Adapters of this relay need no wire; it is only asked what time it is. */
const ANY_CALL: SiteRequest = { method: 'GET', path: '/', cookies: 'omit', budget: 'general' }

/** One check-in that reached the relay. */
export interface Arrival {
  readonly atMs: number
  /** The relay's own day. */
  readonly day: number
  /** That day was done already. */
  readonly wasDone: boolean
}

/** What the relay knows of a user. */
export interface Book {
  readonly done: Map<number, 'posted' | 'by-hand'>
  readonly rewards: number[]
  readonly arrivals: Arrival[]
  asked: number
  /** When it answered. */
  readonly answers: number[]
}

/** A relay with a clock of its own, which is always right, and what clients of it see. */
export interface YearRelay {
  readonly adapter: DailyAdapter
  readonly books: Map<string, Book>
  bookOf(userId: string): Book
  checkInByHand(userId: string): void
}

interface Surroundings {
  readonly scenario: Scenario
  readonly chance: Chance
  /** The true time, epoch ms. */
  readonly trueMs: () => number
  /** Lets time pass while a request is on its way. */
  readonly spend: (ms: number) => void
  readonly step: Step
  /** The answer to a check-in does not come. */
  readonly noteLoss: (userId: string) => void
}

export function createYearRelay(around: Surroundings): YearRelay {
  const { scenario, chance, trueMs, spend, step, noteLoss } = around
  const books = new Map<string, Book>()
  const today = () => dayNumber(scenario.serverZone, trueMs())
  const labelOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)
  const dates = (day: number) => (scenario.hasDates ? { day: labelOf(day) } : {})

  function bookOf(userId: string): Book {
    const known = books.get(userId) ?? {
      done: new Map(),
      rewards: [],
      arrivals: [],
      asked: 0,
      answers: [],
    }
    books.set(userId, known)
    return known
  }

  /** One with a status books every check-in it gets, so that a second one of a day would show. */
  function arrive(book: Book): boolean {
    const day = today()
    const wasDone = book.done.has(day)
    book.arrivals.push({ atMs: trueMs(), day, wasDone })
    if (wasDone && !scenario.hasStatus) return false
    if (!wasDone) book.done.set(day, 'posted')
    book.rewards.push(trueMs())
    return true
  }

  /** What comes over the wire, if it comes: it tells what time it is at the site. */
  const answer = <T>(
    ctx: SiteContext,
    { answers }: Book,
    work: () => Result<T>,
  ): Promise<Result<T>> =>
    step(async () => {
      const value = work()
      if (!value.ok) return value
      answers.push(trueMs())
      await ctx.transport(ANY_CALL)
      return value
    })

  const status: NonNullable<CheckInOperations['status']> = (ctx, { userId }) =>
    answer(ctx, bookOf(userId), () => {
      const book = bookOf(userId)
      book.asked += 1
      spend(200 + chance() * 2000)
      const doneToday = book.done.has(today())
      const told = ok({ offered: true, doneToday, ...(doneToday ? dates(today()) : {}) })
      spend(100)
      return told
    })

  const checkIn: CheckInOperations = {
    dayRule: scenario.rule,
    offeredBy: 'asking',
    ...(scenario.hasStatus ? { status } : {}),
    perform: (ctx, { userId }) =>
      answer<CheckInAnswer>(ctx, bookOf(userId), () => {
        const book = bookOf(userId)
        spend(200 + chance() * 2000)
        const luck = chance()
        if (luck < scenario.losses) {
          noteLoss(userId)
          if (luck < scenario.losses / 2) arrive(book)
          spend(15_000)
          return failed({ class: 'interrupted', reason: 'uncertain' })
        }
        const isNew = arrive(book)
        const told = isNew
          ? ok({ outcome: 'done' as const, reward: REWARD, ...dates(today()) })
          : ok({ outcome: 'done-earlier' as const })
        spend(100)
        return told
      }),
    findReward: (ctx, { userId }, sinceMs) =>
      answer(ctx, bookOf(userId), () => {
        spend(300)
        const isThere = bookOf(userId).rewards.some((atMs) => atMs >= sinceMs)
        return ok(isThere ? { reward: REWARD } : null)
      }),
  }

  return {
    books,
    bookOf,
    checkInByHand(userId) {
      const book = bookOf(userId)
      if (book.done.has(today())) return
      book.done.set(today(), 'by-hand')
      book.rewards.push(trueMs())
    },
    adapter: {
      ...makeFakeSite().adapter,
      fetchFigures: (ctx, { userId }) =>
        answer(ctx, bookOf(userId), () => {
          spend(300)
          const balance = complete(500_000 + bookOf(userId).rewards.length * REWARD)
          return ok(makeFigures({ userId, balance }))
        }),
      checkIn,
    },
  }
}
