import { type Failure, failureOf, raise } from '@/src/domain/failure'

/** What servers say about keys, in their own words, as the contracts give them. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  // `contracts/new-api.md 6.4`
  [/已达到最大令牌数量限制/, 'key-limit'],
  // `contracts/donehub.md 9.2`, `contracts/veloera.md 10`
  [/令牌名称过长/, 'name-too-long'],
  [/令牌已过期，无法启用/, 'key-expired'],
  [/令牌可用额度已用尽，无法启用/, 'key-exhausted'],
  [/无效的用户组|当前用户组无权使用指定的分组/, 'group-not-allowed'],
]

/** Runs a call about keys; a refusal whose words are known gets a reason of its own. */
export async function namingRefusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    return raise(named(failureOf(thrown)), thrown)
  }
}

function named(failure: Failure): Failure {
  if (failure.class !== 'refused') return failure
  const reason = PHRASES.find(([phrase]) => phrase.test(failure.detail ?? ''))?.[1]
  return reason === undefined ? failure : { ...failure, reason }
}
