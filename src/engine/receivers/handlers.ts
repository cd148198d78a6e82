import type { ReceiversDraft } from '../../contract/receivers.ts'
import { ProcedureError } from '../../contract/result.ts'
import { parseEndpoint } from '../../model/forwarding/endpoint.ts'
import type { Handlers } from '../dispatch.ts'
import { isOwnReceiver } from '../forwarding/own-address.ts'
import type { ReceiverKeeper } from './keeper.ts'

/** `destinations` are the URLs that what is received is sent on to. */
export function receiverHandlers(
  keeper: ReceiverKeeper,
  destinations: () => Promise<readonly string[]>,
): Pick<Handlers, 'receivers.read' | 'receivers.freePorts' | 'receivers.write'> {
  /** What is sent on must not come back. */
  async function refuseLoop({ grpc, http }: ReceiversDraft): Promise<void> {
    const own = [grpc, http].map(({ host, port }) => `${host}:${String(port)}`)
    for (const url of await destinations()) {
      const endpoint = parseEndpoint(url)
      if (endpoint !== null && (await isOwnReceiver(endpoint, own)))
        throw new ProcedureError(
          'bad_request',
          `port: what is received is sent on to ${endpoint.host}:${String(endpoint.port)}`,
        )
    }
  }

  return {
    'receivers.read': () => Promise.resolve({ ok: true, value: keeper.read() }),
    'receivers.freePorts': async () => ({ ok: true, value: await keeper.freePorts() }),
    'receivers.write': async (draft) => {
      try {
        await refuseLoop(draft)
        return { ok: true, value: await keeper.write(draft) }
      } catch (error) {
        if (!(error instanceof ProcedureError)) throw error
        return { ok: false, error: { code: error.code, message: error.message } }
      }
    },
  }
}
