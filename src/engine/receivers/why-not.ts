import type { Status } from '../../contract/status.ts'
import type { ListenOptions } from '../engine.ts'
import { whyNoListening } from '../saying-why.ts'
import { freePortAfter } from './free-port.ts'
import { otherColophon } from './other-colophon.ts'
import { portHolder } from './port-holder.ts'

export interface NoPort {
  /** In words for a person; of a port that is taken, by whom, and which one is free. */
  readonly error: string
  readonly takenBy: Status['receivers']['grpc']['takenBy']
  /** The one that was offered, so that the other receiver is offered another. */
  readonly free: number | null
}

/** Why a receiver could not listen. `avoid` are ports that the other receiver has or wants. */
export async function whyNot(error: unknown, { host, port }: ListenOptions, avoid: readonly number[]): Promise<NoPort> {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (!isTaken) return { error: `${host}:${String(port)}: ${whyNoListening(error)}`, takenBy: null, free: null }
  const [holder, other, free] = await Promise.all([
    portHolder(port),
    otherColophon(port),
    freePortAfter(port, host, avoid),
  ])
  const isOwn = holder?.pid === process.pid
  const by = isOwn
    ? 'Colophon itself'
    : other !== null
      ? `another Colophon${holder === null ? '' : ` (pid ${String(holder.pid)})`}`
      : nameOf(holder)
  const offer = free === null ? '' : `; port ${String(free)} is free`
  return {
    error: `port ${String(port)} is taken by ${by}${offer}`,
    takenBy: isOwn || other === null ? { colophon: false, page: null } : { colophon: true, page: other.page },
    free,
  }
}

function nameOf(holder: Awaited<ReturnType<typeof portHolder>>): string {
  return holder === null ? 'another program' : `${holder.program} (pid ${String(holder.pid)})`
}
