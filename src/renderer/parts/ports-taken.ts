import type { Params, Value } from '../../contract/index.ts'
import type { Status } from '../../contract/status.ts'

type Receivers = Status['receivers']
type Free = Value<'receivers.freePorts'>

export const isTaken = ({ grpc, http }: Receivers): boolean => grpc.takenBy !== null || http.takenBy !== null

/** What the button says that lets them listen on free ports; null where there is none near. */
export function offerOf({ grpc, http }: Receivers, free: Free): string | null {
  const ports = [...(grpc.takenBy ? [free.grpc] : []), ...(http.takenBy ? [free.http] : [])]
  return ports.length === 0 || ports.includes(null) ? null : `Use ${ports.map(String).join(' and ')}`
}

/** All as it is, on the free ports. */
export function movedTo({ token: _kept, ...shown }: Value<'receivers.read'>, free: Free): Params<'receivers.write'> {
  const { grpc, http } = shown
  return {
    ...shown,
    grpc: { ...grpc, port: free.grpc ?? grpc.port },
    http: { ...http, port: free.http ?? http.port },
  }
}
