/** What came back for an export without records. */
export type Outcome =
  /** `instance`: which Colophon says that it was it; null where nobody does. */
  | { readonly kind: 'taken'; readonly instance: string | null }
  /** In the endpoint's words. `status` is HTTP's, or gRPC's by name. */
  | { readonly kind: 'refused'; readonly status: string; readonly message: string }
  | { readonly kind: 'failed'; readonly why: Failure; readonly message: string }

export type Failure = 'nobody' | 'no_tls' | 'certificate' | 'other_protocol' | 'no_answer' | 'not_otlp' | 'other'

/** A busy machine takes seconds to answer, and to be told that nobody does helps nobody there. */
export const deadlineMs = 8000

const certificates =
  /certificate|CERT_|SELF_SIGNED|ALTNAME|UNABLE_TO_|self-signed|unable to (?:verify|get)|altnames|alert (?:unknown ca|bad certificate)/i

/** Which failure an error of Node's sockets, its TLS or its HTTP parser stands for. */
export function failureOf(code: string, message: string): Failure {
  const both = `${code} ${message}`
  if (/ECONNREFUSED|EADDRNOTAVAIL|ENOTFOUND|EHOSTUNREACH/.test(both)) return 'nobody'
  if (/wrong version number|packet length too long|WRONG_VERSION|http request/i.test(both)) return 'no_tls'
  if (certificates.test(both)) return 'certificate'
  if (/HPE_|Parse Error|Protocol error|NGHTTP2|ERR_HTTP2/i.test(both)) return 'other_protocol'
  if (/ECONNRESET|socket hang up|EPIPE|closed|RST_STREAM|dropped/i.test(both)) return 'other_protocol'
  return 'other'
}
