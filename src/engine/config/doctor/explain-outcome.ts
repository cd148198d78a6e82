import type { Finding } from '../../../contract/config.ts'
import { maskWords } from '../../../model/config/mask.ts'
import { valueAt } from '../../../model/config/toml-value.ts'
import { isOnThisMachine, type Target } from './deliver/target.ts'
import type { Failure, Outcome } from './deliver/outcome.ts'
import { finding } from './finding.ts'
import { fixEndpoint, fixToReceiver, placeOf, type Subject } from './subject.ts'

type Bad = Exclude<Outcome, { readonly kind: 'taken' }>

interface Explanation {
  readonly code: Finding['code']
  /** Behind the endpoint. */
  readonly says: string
  readonly advice: string
  readonly fix?: Finding['fix']
}

/** In words: what was found in place of a receiver that takes this signal so. */
export function explain(subject: Subject, target: Target, outcome: Bad): Finding {
  const { code, says, advice, fix } =
    outcome.kind === 'refused' ? refused(subject, target, outcome) : failed(subject, target, outcome)
  return finding({
    code,
    severity: 'error',
    message: `${maskWords(target.url.href)} ${says}: ${target.signal} sent there are lost`,
    advice,
    ...placeOf(subject, 'endpoint'),
    fix: fix === undefined ? fixToReceiver(subject) : fix,
  })
}

function refused(
  subject: Subject,
  target: Target,
  { status, message }: Extract<Bad, { kind: 'refused' }>,
): Explanation {
  const { url, signal, variant } = target
  const says = `refuses them (${status}${message === '' ? '' : `, ${message}`})`
  if (status === '401' || status === 'UNAUTHENTICATED') {
    const helper = valueAt(subject.values, ['otel', 'headers_helper'])
    const advice = `It expects a token: give it as a header of the exporter.${helper === undefined ? '' : ' The doctor has not run headers_helper.'}`
    return { code: 'refused', says, advice }
  }
  const right = new URL(url)
  right.pathname = `/v1/${signal}`
  if (status === '404' && variant === 'otlp-http' && url.pathname !== right.pathname)
    return {
      code: 'wrong_path',
      says: `is no path for ${signal} (404)`,
      advice: `Codex neither appends nor corrects anything: a receiver of OTLP/HTTP takes ${signal} at exactly /v1/${signal}.`,
      fix: fixEndpoint(subject, right.href),
    }
  if (/^(?:0\.0\.0\.0|\[::\])$/.test(url.hostname)) {
    const local = new URL(url)
    local.hostname = '127.0.0.1'
    const advice = 'That is an address to listen on, not to send to: use 127.0.0.1.'
    return { code: 'refused', says, advice, fix: fixEndpoint(subject, local.href) }
  }
  return { code: 'refused', says, advice: 'Correct what it names, or set the exporter to a receiver that accepts it.' }
}

function failed(subject: Subject, target: Target, { why, message }: Extract<Bad, { kind: 'failed' }>): Explanation {
  return failures[why](subject, target, message)
}

const failures: Readonly<Record<Failure, (subject: Subject, target: Target, message: string) => Explanation>> = {
  nobody: (_, { url }, message) => ({
    code: 'nobody_listens',
    says: isOnThisMachine(url.hostname) ? 'has nothing listening' : `cannot be reached (${message})`,
    advice: 'Start the receiver, or set the exporter to one that is running.',
  }),
  no_tls: (subject, { url }) => {
    const plain = new URL(url)
    plain.protocol = 'http:'
    return {
      code: 'no_tls',
      says: 'does not speak TLS, but the address is https://',
      advice: 'Use http://, or switch TLS on there.',
      fix: fixEndpoint(subject, plain.href),
    }
  },
  certificate: (subject, { tls }, message) => ({
    code: 'certificate',
    says: `has a certificate that is not trusted, or asks for one (${message})`,
    advice:
      tls['ca-certificate'] === undefined
        ? "Give the authority that issued it as the exporter's tls.ca-certificate; only the system's authorities are known."
        : 'Give the authority that issued it as tls.ca-certificate, and use the name that it is for as the host.',
    ...(subject.receivers.needs?.secure === true ? {} : { fix: null }),
  }),
  other_protocol: (subject, target, message) => ({ code: 'other_protocol', ...mixedUp(subject, target, message) }),
  no_answer: () => ({
    code: 'no_answer',
    says: 'accepts the connection but does not answer',
    advice: 'Codex waits for it when it ends, for up to 22 seconds. Check the program behind that port.',
  }),
  not_otlp: (_subject, _target, message) => ({
    code: 'not_otlp',
    says: `is not an OTLP receiver (${message})`,
    advice: 'Another program uses that port: set the exporter to a receiver.',
  }),
  other: (_subject, _target, message) => ({
    code: 'refused',
    says: `does not accept them (${message})`,
    advice: 'Set the exporter to a receiver that accepts them.',
  }),
}

/** The port of the other receiver, TLS where none is asked for, or something else. */
function mixedUp(
  { receivers, variant }: Subject,
  { url }: Target,
  message: string,
): Pick<Explanation, 'says' | 'advice'> {
  const other = variant === 'otlp-http' ? receivers.grpc : receivers.http
  const isOther = other !== null && other.endsWith(`:${url.port}`) && isOnThisMachine(url.hostname)
  const speaks = variant === 'otlp-http' ? 'gRPC' : 'OTLP over HTTP'
  if (isOther)
    return { says: `speaks ${speaks}: the two ports are swapped`, advice: `Each protocol has a port of its own.` }
  if (url.protocol === 'http:' && receivers.needs?.secure === true)
    return {
      says: `ends the connection (${message})`,
      advice: 'The receivers speak TLS: use https:// and tls.ca-certificate.',
    }
  const asked = `${variant}${url.protocol === 'http:' ? ', without TLS' : ''}`
  return {
    says: `speaks another protocol (${message})`,
    advice: `Codex speaks ${asked}: give the port and the protocol of a receiver.`,
  }
}
