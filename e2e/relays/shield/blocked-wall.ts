import { htmlReply } from '../kit/reply'
import type { Wall } from './wall'

const PAGE = `<!DOCTYPE html>
<html><head><title>403 Forbidden</title></head>
<body><center><h1>403 Forbidden</h1></center><hr>
<p>Your request was blocked by the administrator of this site.</p></body></html>`

/** A firewall that refuses for good: 403 with a page that has no sign of a challenge. */
export function createBlockedWall(): Wall {
  return {
    headers: {},
    isPassed: () => false,
    serve: () => Promise.resolve(null),
    refuse: () => htmlReply(PAGE, 403),
  }
}
