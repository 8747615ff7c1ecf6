/** How a page of the site renews its own session, for a script that does it in the page's stead. */
export interface PageRenewal {
  /** The Web Lock all pages of the site hold while they renew. */
  readonly lock: string
  readonly path: string
  /** `localStorage` keys; the refresh token is written last, as its change is what others wait for. */
  readonly keys: {
    readonly access: string
    readonly refresh: string
    /** Epoch ms as text. */
    readonly expires: string
    /** JSON with the user's numeric `id`. */
    readonly user: string
  }
}
