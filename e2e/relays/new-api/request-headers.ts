import type { IncomingMessage } from 'node:http'

import { headerText } from '../kit/incoming'
import type { RequestHeaders } from './context'

/** The headers handlers look at. */
export function readHeaders(req: IncomingMessage): RequestHeaders {
  return {
    authorization: headerText(req, 'authorization'),
    origin: headerText(req, 'origin'),
    host: headerText(req, 'host'),
    userAgent: headerText(req, 'user-agent'),
    newApiUser: headerText(req, 'new-api-user'),
    authSession: headerText(req, 'x-auth-session'),
    securityProof: headerText(req, 'x-security-proof'),
  }
}
