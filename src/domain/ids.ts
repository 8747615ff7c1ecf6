/** A new opaque record id: says nothing about what the record holds, so it may stand in clear. */
export function newId<
  Prefix extends
    'acc' | 'job' | 'draft' | 'site' | 'cred' | 'tag' | 'gate' | 'exp' | 'run' | 'chan',
>(prefix: Prefix): `${Prefix}_${string}` {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`
}
