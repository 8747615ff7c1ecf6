import { mountPage } from '@/src/ui/app/mount-page'
import { screens } from '@/src/ui/app/screens'
import { OptionsApp } from '@/src/ui/features/shell/options-app'

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
if (root) void mountPage(root, () => <OptionsApp screens={screens} />, texts)
