/** Where Cloudflare's own script and endpoints lie on every site behind it. */
export const CHALLENGE_PATH = '/cdn-cgi/challenge-platform/'
/** The script the challenge page loads. */
export const CHALLENGE_SCRIPT = `${CHALLENGE_PATH}h/b/orchestrate/chl_page/v1`

/** Headers that come with the page of a managed challenge (`contracts/new-api.md` 1.6). */
export const CHALLENGE_HEADERS = { 'cf-mitigated': 'challenge', server: 'cloudflare' }

/**
 * The page of a Cloudflare managed challenge, with the signs of `features/accounts-and-keys.md` 3.5.
 * With an empty `nonce` nothing on it leads past the wall.
 */
export function challengePage(nonce = ''): string {
  return `<!DOCTYPE html>
<html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="robots" content="noindex,nofollow"><link rel="icon" href="data:,">
<script>window._cf_chl_opt = { cvId: '3', cType: 'managed', cRay: '0000000000000000', cNonce: '${nonce}' }</script>
<script src="${CHALLENGE_SCRIPT}" defer></script>
</head><body><div class="main-wrapper"><h1>Just a moment...</h1>
<p id="challenge-stage">Verifying you are human. This may take a few seconds.</p></div></body></html>`
}
