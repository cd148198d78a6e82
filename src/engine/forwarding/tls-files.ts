import type { Destination } from '../../model/forwarding/destination.ts'
import { readPemFile } from '../pem-file.ts'

export interface TlsFiles {
  readonly ca: Buffer | null
  readonly cert: Buffer | null
  readonly key: Buffer | null
}

/** Read anew for each connection, so that a renewed certificate is taken up. Throws an Error that names the file. */
export function readTlsFiles({
  caFile,
  certFile,
  keyFile,
}: Pick<Destination, 'caFile' | 'certFile' | 'keyFile'>): TlsFiles {
  return { ca: read(caFile), cert: read(certFile), key: read(keyFile) }
}

function read(path: string | null): Buffer | null {
  if (path === null) return null
  try {
    return readPemFile(path)
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
