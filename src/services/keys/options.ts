import type { Group, KeyFeatures } from '@/src/domain/api-key'
import { type Failure, failed, ok, type Result } from '@/src/domain/failure'
import type { AmountUnit } from '@/src/domain/money'
import { DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'
import type { FullAdapter } from '@/src/sites/adapter'
import type { AccountSite } from '../as-account'

import { featuresAt, type Families } from './families'
import type { KeyPorts } from './ports'

/** What a form for a key of an account needs; a part that could not be had is `null`. */
export interface KeyOptions {
  features: KeyFeatures
  unit: AmountUnit
  /** Quota points per USD. */
  quotaPerUnit: number
  groups: Group[] | null
  models: string[] | null
  failure?: Failure
}

/** Asks the site for groups and models side by side. @throws `not-found`/`account` */
export async function keyOptions(
  ports: KeyPorts,
  families: Families,
  accountId: string,
): Promise<KeyOptions> {
  const parts: { groups?: Result<readonly Group[]>; models?: Result<readonly string[]> } = {}
  const asked = await ports.asAccount(accountId, async (site) => {
    families.note(accountId, site.generation)
    ;[parts.groups, parts.models] = await Promise.all([groupsAt(site), modelsAt(site)])
    // A refused login is renewed and both are asked again.
    return [parts.groups, parts.models].find(isRefusedLogin) ?? ok(null)
  })
  const { account, snapshot } = await ports.book.page(accountId)
  const adapter = families.adapterFor(account.decided.siteType)
  const generation = snapshot.generation?.value
  const failure = [asked, parts.groups, parts.models].find((one) => one && !one.ok)
  return {
    features: featuresAt(adapter, generation),
    unit: snapshot.figures?.unit ?? adapter.description.unit,
    quotaPerUnit: snapshot.status?.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    groups: parts.groups?.ok ? [...parts.groups.value] : null,
    models: parts.models?.ok ? [...parts.models.value] : null,
    ...(failure && !failure.ok ? { failure: failure.failure } : {}),
  }
}

function isRefusedLogin(result: Result<unknown>): result is Result<never> {
  return !result.ok && result.failure.class === 'login'
}

function groupsAt({ adapter, ctx, access, generation }: AccountSite<FullAdapter>) {
  const { groups } = featuresAt(adapter, generation)
  return groups === 'none' ? Promise.resolve(ok([])) : adapter.fetchGroups(ctx, access)
}

function modelsAt({
  adapter,
  ctx,
  access,
}: AccountSite<FullAdapter>): Promise<Result<readonly string[]>> {
  if (!adapter.keys) return Promise.resolve(failed({ class: 'unsupported' }))
  return adapter.keys.fetchModels(ctx, access)
}
