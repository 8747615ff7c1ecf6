import { SITE_TYPES } from '@/src/domain/site-type'
import { allAdapters } from '@/src/sites/registry'

/** A command line that asks for nothing that can be run; the message is for people. */
export class UsageError extends Error {}

const TYPES = lines(SITE_TYPES)
const TOLD = lines(
  allAdapters.flatMap(({ description: { type, userId, authModes } }) =>
    userId === 'from-token' && authModes.includes('token') ? [type] : [],
  ),
)
const HOSTED = lines(
  allAdapters.flatMap(({ description: { type, hosted } }) => (hosted ? [type] : [])),
)

export const USAGE = `usage: npm run conformance -- --type <type> --url <address>
  --type auto             find out first what runs there, and by what that shows
  --type <type>           one of
                            ${TYPES}
  --url <address>         may be left out, or names a stand-in, for
                            ${HOSTED}
  --username <name> --password <password>
                          log in as the console does (sub2api: the e-mail address);
                          the password also from RELAYDECK_PASSWORD
  --turnstile <token>     sent with the login
  --token <token>         check an existing access token
  --user-id <id>          whose it is; needed unless the token tells, which it does for
                            ${TOLD}
  --replace-token         make a new access token; the previous one stops working
  --no-keys               make no key; otherwise one is made, changed and deleted again
  --json                  print {ok, operations} instead of a table`

/** Names in lines of readable length, indented as the usage text is. */
function lines(names: readonly string[]): string {
  const out = ['']
  for (const name of names) {
    const line = out.at(-1) ?? ''
    const longer = line === '' ? name : `${line}, ${name}`
    if (longer.length <= 68) out[out.length - 1] = longer
    else {
      out[out.length - 1] = `${line},`
      out.push(name)
    }
  }
  return out.join(`\n${' '.repeat(28)}`)
}
