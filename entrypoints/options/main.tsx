import { mountPage } from '@/src/ui/app/mount-page'
import { loadAhead, screens } from '@/src/ui/app/screens'
import { OptionsApp } from '@/src/ui/features/shell/options-app'
import { parseRoute } from '@/src/ui/features/shell/route'

const texts = [
  'shell',
  'late-failures',
  'accounts',
  'account-form',
  'needs-you',
  'import',
  'sites',
  'settings',
] as const
const root = document.getElementById('root')
const load = async () => {
  await loadAhead(parseRoute(location.hash))
  return <OptionsApp screens={screens} />
}
if (root) void mountPage(root, load, texts)
