import * as z from 'zod/mini'

/** A page of a list (`contracts/sub2api.md 2`); the server decides how many rows it gives. */
export const listPage = <Row extends z.ZodMiniType>(row: Row) =>
  z.object({
    // A Go server may write `null` for an empty list.
    items: z.pipe(
      z.nullable(z.array(row)),
      z.transform((items) => items ?? []),
    ),
    total: z.int(),
    page: z.int().check(z.positive()),
    pages: z.int(),
  })
