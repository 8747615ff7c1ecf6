import { mountPage } from '@/src/ui/app/mount-page'
import { queryClient } from '@/src/ui/app/query-client'
import { Popup } from '@/src/ui/features/popup/popup'
import { glanceQuery } from '@/src/ui/queries/accounts'

const root = document.getElementById('root')
if (root) {
  // The rows travel while the page is still finding out its language and colours.
  // A failure of this reading stays with the query; the page shows it.
  void queryClient.query(glanceQuery()).catch(() => undefined)
  void mountPage(root, () => <Popup />, ['popup'])
}
