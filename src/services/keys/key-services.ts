import { createKeyBook, type KeyBook } from './key-book'
import type { KeyPorts } from './ports'
import { createRepair, type RepairService } from './repair'
import { createSecondFactor, type SecondFactor } from './second-factor'
import { createSpaced } from '../spaced'

export interface KeyServices {
  readonly keys: KeyBook
  readonly repair: RepairService
  readonly totp: SecondFactor
}

/** Everything about keys, on one store. */
export function createKeyServices(ports: KeyPorts): KeyServices {
  const announce = createSpaced(() => {
    ports.announce({ topic: 'keys' })
  })
  const totp = createSecondFactor(ports)
  const keys = createKeyBook(ports, { secondFactor: totp, announce })
  const repair = createRepair(ports, keys.inside, announce)
  return { keys, repair, totp }
}
