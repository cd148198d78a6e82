import type { TlsOptions } from 'node:tls'
import type { ReceiverOptions } from './received-body.ts'

/** A client certificate is asked for where its authority is known, and refused without. */
export function tlsOptions({ tls }: Pick<ReceiverOptions, 'tls'>): TlsOptions | null {
  if (tls === undefined || tls === null) return null
  const { cert, key, clientCa } = tls
  if (clientCa === null) return { cert, key }
  return { cert, key, ca: clientCa, requestCert: true, rejectUnauthorized: true }
}
