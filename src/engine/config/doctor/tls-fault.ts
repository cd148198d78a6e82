import type { Finding } from '../../../contract/config.ts'
import type { Target } from './deliver/target.ts'
import { finding } from './finding.ts'
import { placeOf, type Subject } from './subject.ts'
import { unfitTlsFile } from './unfit-tls-file.ts'

const lost = 'Codex then creates no exporter at all: logs, traces and metrics are all lost.'

/** Certificates that keep Codex from exporting anything. */
export function tlsFault(subject: Subject, target: Target): Finding | null {
  const unfit = unfitTlsFile(target)
  if (unfit !== null) {
    const [key, message] = unfit
    return finding({ code: 'tls_file', severity: 'error', message, advice: lost, ...placeOf(subject, 'tls', key) })
  }
  const certificate = target.tls['client-certificate']
  const key = target.tls['client-private-key']
  if ((certificate === undefined) === (key === undefined)) return null
  const message =
    certificate === undefined ? 'a key without its client-certificate' : 'a certificate without its client-private-key'
  return finding({ code: 'tls_file', severity: 'error', message, advice: lost, ...placeOf(subject, 'tls') })
}
