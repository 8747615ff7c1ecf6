/** The corner of a site's own page where a person checks in. */
export interface CheckInCorner {
  /** Paths of the page it stands on. */
  readonly paths: readonly string[]
  /**
   * Script that declares `isCheckedIn()`, which resolves with whether today is done (`null` = the
   * site does not tell), and `checkIn(query)`, which resolves with the site's answer.
   */
  readonly calls: string
  /** What the Turnstile widget gives whoever passes it; `null` = there is no widget. */
  readonly turnstile: string | null
}

/** Of a site without a check-in. */
export const NO_CORNER: CheckInCorner = {
  paths: [],
  calls: `
const isCheckedIn = async () => null
const checkIn = async () => ({ success: false, message: '' })`,
  turnstile: null,
}

/** Markup of the corner, hidden until somebody is logged in on a page that has it. */
export function cornerMarkup({ turnstile }: CheckInCorner): string {
  const widget =
    turnstile === null
      ? ''
      : `<div class="cf-turnstile"><label><input type="checkbox" id="human" data-answer="${turnstile}">
Verify you are human</label></div>`
  return `<section id="check-in" hidden aria-label="Check-in">
<p role="status" id="check-in-state"></p>${widget}
<button type="button" id="check-in-now">Check in</button>
</section>`
}

/** Declares `showCorner()` and `hideCorner()`; uses `byId` and `say` of the page. */
export function cornerScript({ paths, calls }: CheckInCorner): string {
  return `${calls}
const cornerPaths = ${JSON.stringify(paths)}
const sayCheckIn = (done) => {
  byId('check-in-state').textContent =
    done === null ? '' : done ? 'Checked in today' : 'Not checked in today'
}
function hideCorner() { byId('check-in').hidden = true }
async function showCorner() {
  if (!cornerPaths.includes(location.pathname)) return hideCorner()
  byId('check-in').hidden = false
  sayCheckIn(await isCheckedIn())
}
byId('check-in-now').addEventListener('click', async () => {
  const human = byId('human')
  const passed = human !== null && human.checked
  const query = passed ? '?turnstile=' + encodeURIComponent(human.dataset.answer) : ''
  const answer = await checkIn(query)
  say(answer.message)
  if (answer.success) sayCheckIn(true)
})
`
}
