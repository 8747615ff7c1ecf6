import type { Rotation } from '@/src/domain/chore'
import { raise } from '@/src/domain/failure'
import type { Change } from '@/src/storage/vault'

import type { RotationPorts } from './ports'

/** All rotations, on disk and in memory. */
export interface RotationShelf {
  load(): Promise<void>
  /** After `load`; the newest first. */
  all(): Rotation[]
  /** @throws `not-found`/`rotation` */
  get(id: string): Rotation
  /** Written before it is in memory. `instead` = ids of those it takes the place of. */
  add(rotation: Rotation, instead: readonly string[]): Promise<void>
  /** Changes it in memory. What it becomes is written by `save`, or by whoever writes `change()`. */
  edit(id: string, change: (rotation: Rotation) => Rotation): void
  save(id: string): Promise<void>
  change(id: string): Change
  remove(id: string): Promise<void>
}

export function createRotationShelf({
  vault,
  announce,
}: Pick<RotationPorts, 'vault' | 'announce'>): RotationShelf {
  const held = new Map<string, Rotation>()
  let loading: Promise<void> | undefined
  const tell = () => {
    announce({ topic: 'keys' })
  }

  async function load(): Promise<void> {
    const { records } = await vault.loadAll('chores')
    for (const record of records) if (record.kind === 'rotation') held.set(record.id, record)
  }

  const get = (id: string) => held.get(id) ?? raise({ class: 'not-found', reason: 'rotation' })

  return {
    load: () =>
      (loading ??= load().catch((thrown: unknown) => {
        loading = undefined
        throw thrown
      })),
    all: () => [...held.values()].sort((a, b) => b.startedAtMs - a.startedAtMs),
    get,
    async add(rotation, instead) {
      const removals = instead.map((remove) => ({ store: 'chores', remove }) as const)
      await vault.exclusive(() => vault.write([...removals, { store: 'chores', put: rotation }]))
      for (const id of instead) held.delete(id)
      held.set(rotation.id, rotation)
      tell()
    },
    edit(id, change) {
      held.set(id, change(get(id)))
    },
    /** One write after the other, each as the record is by then: an older one never wins. */
    async save(id) {
      await vault.exclusive(() => vault.write([{ store: 'chores', put: get(id) }]))
      tell()
    },
    change: (id) => ({ store: 'chores', put: get(id) }),
    async remove(id) {
      await vault.exclusive(() => vault.write([{ store: 'chores', remove: id }]))
      held.delete(id)
      tell()
    },
  }
}
