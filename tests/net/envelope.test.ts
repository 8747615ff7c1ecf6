import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { failureOf } from '@/src/domain/failure'
import { readData } from '@/src/net/envelope'
import type { SiteResponse } from '@/src/net/transport'

const schema = z.object({ quota: z.int(), items: z.optional(z.array(z.object({ id: z.int() }))) })

function read(text: string) {
  const response: SiteResponse = {
    status: 200,
    contentType: 'application/json',
    header: () => null,
    text,
  }
  try {
    return readData(response, schema, { path: '/api/x', secrets: [] })
  } catch (thrown) {
    return failureOf(thrown)
  }
}

describe('readData', () => {
  test('returns the data and ignores what it does not know', () => {
    expect(read('{"success":true,"data":{"quota":5,"new":1}}')).toEqual({ quota: 5 })
  })

  test.each([
    ['text for a number', '{"quota":"5"}', 'data.quota'],
    ['a broken number', '{"quota":5.5}', 'data.quota'],
    ['beyond the safe integers', '{"quota":9007199254740993}', 'data.quota'],
    ['a missing field', '{}', 'data.quota'],
    ['a wrong row', '{"quota":1,"items":[{"id":1},{"id":null}]}', 'data.items.1.id'],
    ['no data', 'null', 'data'],
  ])('names the field at fault: %s', (_, data, field) => {
    expect(read(`{"success":true,"data":${data}}`)).toEqual({
      class: 'changed-api',
      reason: 'unexpected-shape',
      field,
      path: '/api/x',
      httpStatus: 200,
    })
  })

  test('takes a cut-off answer for no JSON', () => {
    expect(read('{"success":true,"data":{"quota":1')).toMatchObject({
      class: 'changed-api',
      reason: 'not-json',
    })
  })
})
