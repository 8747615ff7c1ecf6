import { fakeBrowser } from 'wxt/testing'

import { failed, type Failure, ok, type Result } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { JobProgress } from '@/src/domain/job'
import type { JournalEntry } from '@/src/domain/journal'
import { DEFAULT_SETTINGS, type Settings } from '@/src/domain/settings'
import type { Warning } from '@/src/domain/warning'
import type { DamagedRecord } from '@/src/messaging/protocol'

interface Message {
  readonly name: string
  readonly input: unknown
}

export interface FakeWorker {
  settings: Settings
  rows: GlanceRow[]
  damaged: DamagedRecord[]
  job: JobProgress | null
  warnings: Warning[]
  /** The check-in under way, or the last one. */
  run: JournalEntry | null
  /** Answers of these names fail. */
  failures: Partial<Record<string, Failure>>
  /** What pages have sent, in order. */
  readonly sent: Message[]
}

/** Stands in for the worker at the place where messages leave the page. */
export function startFakeWorker(given: Partial<FakeWorker> = {}): FakeWorker {
  const worker: FakeWorker = {
    settings: DEFAULT_SETTINGS,
    rows: [],
    damaged: [],
    job: null,
    warnings: [],
    run: null,
    failures: {},
    sent: [],
    ...given,
  }
  fakeBrowser.reset()
  Object.assign(fakeBrowser.i18n, { getUILanguage: () => 'en-US' })
  // The stand-in takes a promise for an answer, which the real one's types do not know.
  const door = fakeBrowser.runtime.onMessage as {
    addListener: (listener: (message: Message) => Promise<unknown>) => void
  }
  door.addListener((message) => {
    worker.sent.push(message)
    const failure = worker.failures[message.name]
    return Promise.resolve(failure ? failed(failure) : answer(worker, message))
  })
  return worker
}

function answer(worker: FakeWorker, message: Message): Result<unknown> {
  switch (message.name) {
    case 'app.boot':
      return ok({ settings: worker.settings, job: worker.job })
    case 'accounts.glance':
      return ok({ rows: structuredClone(worker.rows), damaged: worker.damaged })
    case 'refresh.progress':
      return ok(worker.job)
    case 'settings.set':
      worker.settings = {
        ...worker.settings,
        ...(message.input as { edit: Partial<Settings> }).edit,
      }
      return ok(worker.settings)
    case 'automation.popup':
      return ok({ warnings: worker.warnings })
    case 'checkIn.list':
      return ok({ rows: [], run: worker.run, nextAtMs: null })
    case 'refresh.start':
      return ok({ jobId: 'job_1' })
    default:
      return ok({})
  }
}
