import { createAihubmix } from '@/e2e/relays/hosted/aihubmix'
import { createOpenRouter } from '@/e2e/relays/hosted/open-router'

import { type Family, token } from './families'

const MANAGEMENT_KEY = 'sk-or-mgmt-0123456789abcdef0123456789abcdef'
const RAW_TOKEN = 'fd0123456789abcdef0123456789abcdef'

/** Services that exist once, at a stand-in for their address. */
export const HOSTED: Readonly<Record<string, Family>> = {
  OpenRouter: {
    type: 'open-router',
    make: () =>
      createOpenRouter({
        users: [
          {
            id: 1,
            managementKey: MANAGEMENT_KEY,
            totalCredits: 10.5,
            totalUsage: 2.25,
            keys: [{ name: 'laptop', limit: 5, usage: 0.125 }],
          },
        ],
      }),
    login: [],
    token: token(MANAGEMENT_KEY),
    bobsToken: [],
    secrets: [MANAGEMENT_KEY],
  },
  AIHubMix: {
    type: 'aihubmix',
    make: () =>
      createAihubmix({
        users: [
          {
            id: 1,
            username: 'alice',
            accessToken: RAW_TOKEN,
            quota: 1_234_567,
            usedQuota: 7_654,
            requestCount: 3,
            keys: [{ name: 'laptop' }],
          },
        ],
      }),
    login: [],
    token: token(RAW_TOKEN),
    bobsToken: [],
    secrets: [RAW_TOKEN],
  },
}
