import { rootCertificates } from 'node:tls'
import { readPemFile } from '../../../pem-file.ts'

/** Whom Codex trusts: the authority that an exporter names, beside the system's, which SSL_CERT_FILE may add to. */
export function authorities(caFile: string | undefined, environment: NodeJS.ProcessEnv): string[] {
  const files = [caFile, environment.SSL_CERT_FILE].filter((file) => file !== undefined && file !== '')
  return [...rootCertificates, ...files.flatMap((file) => read(file ?? ''))]
}

/** What cannot be read is told apart from this. */
function read(file: string): string[] {
  try {
    return [readPemFile(file).toString()]
  } catch {
    return []
  }
}
