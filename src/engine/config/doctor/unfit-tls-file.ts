import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readPemFile } from '../../pem-file.ts'
import { UnfitFile } from '../../regular-file.ts'
import { isErrno, whyUnreadable } from '../file-system.ts'
import { tlsKeys, type Target, type TlsKey } from './deliver/target.ts'

/** The first file of TLS that cannot be one, and why: without it Codex exports nothing at all. */
export function unfitTlsFile(target: Target): readonly [key: TlsKey, why: string] | null {
  for (const key of tlsKeys) {
    const file = target.tls[key]
    const why = file === undefined ? null : whyUnfit(key, file, target)
    if (why !== null) return [key, why]
  }
  return null
}

function whyUnfit(key: TlsKey, file: string, { variant, url }: Target): string | null {
  // Over gRPC without TLS Codex never looks into it (tried with 0.171.0).
  const isRead = key !== 'ca-certificate' || variant === 'otlp-http' || url.protocol === 'https:'
  try {
    const bytes = readPemFile(file)
    return isRead && !holds(key, bytes) ? `${file} holds no ${what[key]} in PEM` : null
  } catch (error) {
    if (error instanceof UnfitFile) return error.message
    if (isErrno(error)) return `${file} ${whyUnreadable(error)}`
    throw error
  }
}

const what = {
  'ca-certificate': 'certificate',
  'client-certificate': 'certificate',
  'client-private-key': 'private key that can be used without a password',
} as const satisfies Record<TlsKey, string>

function holds(key: TlsKey, bytes: Buffer): boolean {
  // The same in DER is taken here, and not by Codex.
  if (!bytes.includes('-----BEGIN ')) return false
  try {
    if (key === 'client-private-key') createPrivateKey(bytes)
    else new X509Certificate(bytes)
    return true
  } catch {
    return false
  }
}
