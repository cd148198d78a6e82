import type { Finding } from '../../../contract/config.ts'
import { maskWords } from '../../../model/config/mask.ts'
import { signalOfExporter } from '../../../model/config/otel-keys.ts'
import { finding } from './finding.ts'
import { placeholderIn } from './header-findings.ts'
import { fixEndpoint, fixToReceiver, placeOf, type Subject } from './subject.ts'

/** What an endpoint's text says by itself: a fault that no answer is needed for, else where it leads. */
export function endpointFault(subject: Subject): Finding | { readonly url: URL } {
  const { endpoint, variant, key } = subject
  const url = httpUrl(endpoint)
  const place = placeOf(subject, 'endpoint')
  const variable = placeholderIn(endpoint)
  if (variable !== null)
    return finding({
      code: 'placeholder',
      severity: 'error',
      message: `the endpoint has a literal ${variable} in it: Codex does not expand variables`,
      advice: 'Write the address itself.',
      ...place,
      fix: fixToReceiver(subject),
    })
  if (url === null || endpoint !== endpoint.trim()) {
    const bare = endpoint.trim()
    const right = /^[\w.-]+:\d+(\/|$)/.test(bare) ? `http://${bare}` : bare
    return finding({
      code: 'bad_endpoint',
      severity: 'error',
      message:
        url === null ? `“${maskWords(endpoint)}” is not an address` : `there are spaces around “${maskWords(bare)}”`,
      advice: 'Write it as http://HOST:PORT, with the scheme: without a valid address all three signals are lost.',
      ...place,
      fix: right === endpoint || httpUrl(right) === null ? null : fixEndpoint(subject, right),
    })
  }
  const signal = signalOfExporter[key]
  const other = /\/v1\/(logs|traces|metrics)\/?$/.exec(url.pathname)?.[1]
  const isBare = url.pathname === '/'
  if (variant !== 'otlp-http' || (!isBare && (other === undefined || other === signal))) return { url }
  const right = new URL(url)
  right.pathname = isBare ? `/v1/${signal}` : url.pathname.replace(/\/v1\/\w+\/?$/, `/v1/${signal}`)
  const shown = maskWords(endpoint)
  return finding({
    code: isBare ? 'endpoint_without_path' : 'endpoint_of_other_signal',
    severity: 'error',
    message: isBare ? `${shown} has no path` : `${shown} is the path of ${other ?? ''}, not ${signal}`,
    advice: `Codex appends nothing: a receiver of OTLP/HTTP takes ${signal} at /v1/${signal}.`,
    ...place,
    fix: fixEndpoint(subject, right.href),
  })
}

/** Codex takes http and https alone, also for gRPC. */
function httpUrl(text: string): URL | null {
  if (/\s/.test(text.trim())) return null
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null
}
