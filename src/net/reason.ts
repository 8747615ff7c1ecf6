/** Every word the documented error codes are made of (all of `contracts/`). */
const WORDS = new Set(
  `access account ack active admin allowed api attempts auth backend backoff balance binding
  blocked browser captcha channel chars code compatible compliance configured conflict credentials
  deleted denied deprecated disabled empty enabled error exceeded exhausted exists expired expiry
  extension failed forbidden found group header id idempotency in inactive insufficient internal
  invalid ip issuance key limit limited locked many method mismatch mixed mode model name not only
  overloaded panic password pattern permissions privilege progress proof provider query quota race
  rate redeem refresh request required retry revoked scope security server service session short
  step store subscription token too totp turnstile unauthorized unavailable up usage used user
  verification warning`.split(/\s+/),
)

/**
 * A site's error code (`REFRESH_TOKEN_EXPIRED`) as a reason of ours (`refresh-token-expired`), or
 * `null` when it is not made of known words: what a site calls its error is the site's to choose,
 * and could be a credential it was sent.
 */
export function reasonOfCode(code: string): string | null {
  const words = code.toLowerCase().split('_')
  return words.length <= 8 && words.every((word) => WORDS.has(word)) ? words.join('-') : null
}
