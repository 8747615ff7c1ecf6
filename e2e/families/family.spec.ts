import { ACCEPTANCE } from './acceptance'
import { FAMILIES } from './cases'
import { test } from './fixtures'
import { setStage } from './stage'

for (const family of FAMILIES) {
  for (const [title, holds] of Object.entries(ACCEPTANCE)) {
    test(`${family.name} ${title}`, async ({ extension, farm }) => {
      await holds(await setStage(family, extension, farm))
    })
  }
}
