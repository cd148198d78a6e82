import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { SenderNeeds } from '../../model/config/one-click.ts'
import { readPemFile } from '../pem-file.ts'
import type { KeptSettings } from './settings-file.ts'

const open = { secure: false, host: null, caFile: null, clientCertificate: false, obstacle: null, unknownIssuer: null }

/** What a sender on this machine must bring, and why it cannot, where it cannot. */
export function senderNeeds(settings: Pick<KeptSettings, 'token' | 'tls'> | null): SenderNeeds {
  const token = settings?.token ?? null
  const tls = settings?.tls ?? null
  if (tls === null) return { ...open, token }
  const needs = { ...open, token, secure: true, clientCertificate: tls.clientCaFile !== null }
  try {
    return {
      ...needs,
      ...ofCertificate(new X509Certificate(readPemFile(tls.certFile)), tls.certFile),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ...needs, obstacle: `the certificate of the receivers cannot be read: ${why}` }
  }
}

function ofCertificate(certificate: X509Certificate, file: string): Partial<SenderNeeds> {
  const host = nameFor(certificate)
  if (Date.parse(certificate.validTo) < Date.now())
    return { host, obstacle: `${file} was valid until ${certificate.validTo}` }
  if (host === null) {
    const names = certificate.subjectAltName ?? oneLine(certificate.subject)
    return { obstacle: `${file} is for ${names}, not for 127.0.0.1 or localhost` }
  }
  // Codex trusts a certificate that is its own authority when it is told to, and one of the system's authorities without.
  const isOwnAuthority = certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey)
  if (isOwnAuthority) return { host, caFile: file }
  const isKnown = rootCertificates.some((root) => certificate.checkIssued(new X509Certificate(root)))
  return { host, unknownIssuer: isKnown ? null : oneLine(certificate.issuer) }
}

/** Null: for neither name of this machine. */
function nameFor(certificate: X509Certificate): string | null {
  if (certificate.checkIP('127.0.0.1') !== undefined) return '127.0.0.1'
  return certificate.checkHost('localhost') === undefined ? null : 'localhost'
}

/** A name of several lines, as X.509 has it. */
function oneLine(name: string): string {
  return name.replaceAll('\n', ', ')
}
