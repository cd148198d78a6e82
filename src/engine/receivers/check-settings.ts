import { ProcedureError } from '../../contract/result.ts'
import { readPemFile } from '../pem-file.ts'
import { UnfitFile } from '../regular-file.ts'
import type { Tls } from './received-body.ts'
import type { KeptSettings } from './settings-file.ts'

/** Throws `bad_request` for what no receiver may be told. */
export function check({ grpc, http, token, tls }: KeptSettings): void {
  const open = [grpc, http].find(({ host }) => !/^(localhost|::1|127(\.\d{1,3}){3})$/.test(host))
  if (open !== undefined && token === null && tls === null)
    throw new ProcedureError(
      'bad_request',
      `host: ${open.host} is reached by other machines, so it needs a token or TLS`,
    )
  if (grpc.port !== 0 && grpc.port === http.port)
    throw new ProcedureError('bad_request', 'port: gRPC and HTTP need different ports')
}

export function readTls(tls: KeptSettings['tls']): Tls | null {
  if (tls === null) return null
  return {
    cert: readPem(tls.certFile),
    key: readPem(tls.keyFile),
    clientCa: tls.clientCaFile === null ? null : readPem(tls.clientCaFile),
  }
}

function readPem(path: string): Buffer {
  try {
    return readPemFile(path)
  } catch (error) {
    throw new Error(error instanceof UnfitFile ? error.message : `${path} cannot be read`, { cause: error })
  }
}
