import type { Rotations } from '@/src/services/rotation/rotations'

import type { RotationHandlers } from './keys'

export function rotationHandlers(rotations: Rotations): RotationHandlers {
  return {
    'rotation.start': async ({ key, exportIds }) => ({ id: await rotations.start(key, exportIds) }),
    'rotation.continue': (order) => rotations.goOn(order).then(done),
    'rotation.rollback': (order) => rotations.rollBack(order).then(done),
    'rotation.finish': ({ id }) => rotations.finish(id).then(done),
    'rotation.dismiss': ({ id }) => rotations.dismiss(id).then(done),
    'rotation.list': () => rotations.list(),
  }
}

const done = () => ({})
