import type { IncomingMessage } from 'node:http'

import { headerText } from '../kit/incoming'
import type { RelayCore, RequestHeaders } from './context'
import { userHeaderOf } from './relative-options'

/** The headers handlers look at. */
export function readHeaders({ options }: RelayCore, req: IncomingMessage): RequestHeaders {
  return {
    authorization: headerText(req, 'authorization'),
    origin: headerText(req, 'origin'),
    host: headerText(req, 'host'),
    userAgent: headerText(req, 'user-agent'),
    userId: headerText(req, userHeaderOf(options).toLowerCase()),
    authSession: headerText(req, 'x-auth-session'),
    securityProof: headerText(req, 'x-security-proof'),
    requestedWith: headerText(req, 'x-requested-with'),
    apiKey: headerText(req, 'x-api-key'),
    googleApiKey: headerText(req, 'x-goog-api-key'),
    anthropicVersion: headerText(req, 'anthropic-version'),
  }
}
