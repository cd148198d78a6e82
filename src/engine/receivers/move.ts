import type { Receiver } from './received-body.ts'

export type Transport = 'grpc' | 'http'
export const transports = ['grpc', 'http'] as const

/** One receiver that is to listen elsewhere, or otherwise. */
export interface Move {
  readonly transport: Transport
  /** What it is now; null where it does not listen. */
  readonly before: Receiver | null
  /** Where it shall listen; 0: any free port. */
  readonly port: number
  readonly open: () => Promise<Receiver>
  /** Listens again as before. */
  readonly reopen: () => Promise<void>
}

export class MoveFailed extends Error {
  readonly transport: Transport

  constructor(transport: Transport, cause: unknown) {
    super(`the ${transport} receiver could not move`, { cause })
    this.transport = transport
  }
}

/**
 * All of them, or none: new addresses are taken before those of before are left. A port that one of the moving receivers holds
 * itself must be left first; where the rest fails, it is taken again. `keep` notes the new addresses once all are held.
 */
export async function moveAll(
  moves: readonly Move[],
  keep: (opened: ReadonlyMap<Transport, Receiver>) => void,
): Promise<void> {
  const opened = new Map<Transport, Receiver>()
  const left: Move[] = []
  const open = async ({ transport, open: start }: Move): Promise<void> => {
    try {
      opened.set(transport, await start())
    } catch (error) {
      throw new MoveFailed(transport, error)
    }
  }
  const inTheWay = moves.filter(
    ({ before }) => before !== null && moves.some(({ port }) => port === portOf(before.address)),
  )
  const isHeld = ({ port }: Move): boolean =>
    inTheWay.some(({ before }) => before !== null && portOf(before.address) === port)
  try {
    for (const move of moves) if (!isHeld(move)) await open(move)
    for (const move of inTheWay) {
      left.push(move)
      await move.before?.close()
    }
    for (const move of moves) if (isHeld(move)) await open(move)
    keep(opened)
  } catch (error) {
    await Promise.all([...opened.values()].map((receiver) => receiver.close()))
    for (const move of left) await move.reopen()
    throw error
  }
  await Promise.all(moves.map(async (move) => (left.includes(move) ? undefined : move.before?.close())))
}

export function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1))
}
