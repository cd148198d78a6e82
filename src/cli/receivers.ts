import { knownReceivers } from '../engine/receivers/known.ts'
import type { DoctorOptions } from './options/configure.ts'

/** The receivers of this data folder, which another process runs: as Settings left them, at the ports that were given. */
export function receiversAt(
  given: Pick<DoctorOptions, 'otlpHttpPort' | 'otlpGrpcPort' | 'dataDir'>,
): ReturnType<typeof knownReceivers> {
  return knownReceivers(given.dataDir, { http: given.otlpHttpPort, grpc: given.otlpGrpcPort })
}
