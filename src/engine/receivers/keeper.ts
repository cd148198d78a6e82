import { networkInterfaces } from 'node:os'
import type { ReceiversDraft, ReceiversShown, ReceiversWritten } from '../../contract/receivers.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Status } from '../../contract/status.ts'
import { maskValue } from '../../model/forwarding/mask.ts'
import type { ListenOptions, WantedPort } from '../engine.ts'
import { startGrpcReceiver } from './grpc.ts'
import { startHttpReceiver } from './http.ts'
import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { check, readTls } from './check-settings.ts'
import { freePorts } from './free-port.ts'
import { releasePorts, type HeldPorts } from './held-ports.ts'
import { instanceOf } from './instance.ts'
import type { HeldPort } from './listen.ts'
import { listenAt } from './listen-at.ts'
import { forgetListening, noteListening } from './listening-file.ts'
import { moveAll, MoveFailed, portOf, transports, type Move, type Transport } from './move.ts'
import { senderNeeds } from './sender-needs.ts'
import type { Receiver, ReceiverOptions, Tls } from './received-body.ts'
import { readReceiverSettings, writeReceiverSettings, type KeptSettings } from './settings-file.ts'
import { whyNot, type NoPort } from './why-not.ts'

const start = { grpc: startGrpcReceiver, http: startHttpReceiver }

export interface ReceiverKeeper {
  /** `host:port` of each, null where it does not listen; this object stays the same and follows every move. */
  readonly addresses: Record<Transport, string | null>
  /** The same, with what a sender must bring. */
  readonly forSenders: ReceiverAddresses
  status(): Status['receivers']
  /** Where they listen; where one does not, where it would. */
  read(): ReceiversShown
  /** For each that listens its port, for the others the next ones that nobody holds. */
  freePorts(): Promise<Record<Transport, number | null>>
  /** Throws `bad_request`, with everything as it was, where a receiver cannot listen so. */
  write(draft: ReceiversDraft): Promise<ReceiversWritten>
  /** Where the page is, for whoever finds the folder or a port taken. */
  servesPage(url: string): void
  /** Closes the receivers, or opens them again where they were. */
  setReceiving(receives: boolean): Promise<void>
  close(): Promise<void>
}

export interface KeeperGiven {
  readonly dataDir: string
  /** What the host asks for. A port that it names comes before what is set. */
  readonly wanted: Record<Transport, WantedPort>
  /** What is open of them already; what they cannot use is closed. */
  readonly held?: HeldPorts
  readonly optionsOf: (transport: Transport) => Pick<ReceiverOptions, 'maxBytes' | 'accept' | 'refused'>
  readonly moved: () => void
}

interface Running {
  readonly receiver: Receiver | null
  readonly none: NoPort | null
}

export async function keepReceivers({ dataDir, wanted, held, optionsOf, moved }: KeeperGiven): Promise<ReceiverKeeper> {
  const stored = readReceiverSettings(dataDir)
  let settings: KeptSettings = {
    ...(stored ?? { tls: null, token: null, allowedHosts: [], allowedOrigins: [] }),
    grpc: listenAt('grpc', wanted.grpc, stored),
    http: listenAt('http', wanted.http, stored),
  }
  let isPaused = false
  let page: string | null = null
  const instance = instanceOf(dataDir)
  const running: Record<Transport, Running> = { grpc: notYet, http: notYet }
  const addresses: Record<Transport, string | null> = { grpc: null, http: null }

  /** What concerns a request alone is read with each, so that a change of it restarts nothing. */
  function options(
    transport: Transport,
    { host, port }: ListenOptions,
    tls: Tls | null,
    held: HeldPort | null,
  ): ReceiverOptions {
    return {
      ...optionsOf(transport),
      instance,
      host,
      port,
      held,
      tls,
      get token() {
        return settings.token
      },
      get allowedHosts() {
        return [...settings.allowedHosts, ...ownNames(host)]
      },
      get allowedOrigins() {
        return settings.allowedOrigins
      },
      get page() {
        return page
      },
    }
  }

  const listen = (
    transport: Transport,
    of: KeptSettings,
    tls = readTls(of.tls),
    held: HeldPort | null = null,
  ): Promise<Receiver> => start[transport](options(transport, of[transport], tls, held))

  function set(transport: Transport, receiver: Receiver | null, none: NoPort | null): void {
    running[transport] = { receiver, none }
    addresses[transport] = receiver?.address ?? null
    // Port 0 was a free one, and is that one from then on: Codex knows no other.
    if (receiver !== null) settings = withPort(settings, transport, portOf(receiver.address))
  }

  async function tryListen(transport: Transport, port: HeldPort | null = null): Promise<void> {
    try {
      set(transport, await listen(transport, settings, readTls(settings.tls), port), null)
    } catch (error) {
      const avoid = [settings[other(transport)].port, running[other(transport)].none?.free ?? 0]
      set(transport, null, await whyNot(error, settings[transport], avoid))
    }
  }

  /** Everything as it was, where one of them cannot listen as `next` says. */
  async function move(
    which: readonly Transport[],
    next: KeptSettings,
    keep: (kept: KeptSettings) => void,
  ): Promise<void> {
    // Before anything is closed: files that cannot be read are no reason to.
    const tls = readFor(next)
    const moves = which.map((transport): Move => {
      const before = running[transport].receiver
      const { port } = next[transport]
      const reopen = async (): Promise<void> => tryListen(transport)
      return { transport, before, port, open: () => listen(transport, next, tls), reopen }
    })
    try {
      await moveAll(moves, (opened) => {
        let kept = next
        for (const [transport, { address }] of opened) kept = withPort(kept, transport, portOf(address))
        keep(kept)
        settings = kept
        for (const [transport, receiver] of opened) set(transport, receiver, null)
      })
    } catch (error) {
      if (!(error instanceof MoveFailed)) throw error
      const { transport, cause } = error
      const { error: why } = await whyNot(cause, next[transport], [next[other(transport)].port])
      throw new ProcedureError('bad_request', `${transport}: ${why}`)
    }
  }

  const closeAll = async (): Promise<void> => {
    await Promise.all(transports.map(async (transport) => running[transport].receiver?.close()))
  }

  function tellMoved(): void {
    noteListening(dataDir, { ...addresses, page })
    moved()
  }

  /** One change after another: two at once would each take the other's ports for a stranger's. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work, work)
    last = done.catch(() => undefined)
    return done
  }

  // One after the other: the second is offered another free port than the first.
  for (const transport of transports) await tryListen(transport, held?.[transport])
  if (held) releasePorts(held)
  noteListening(dataDir, { ...addresses, page })

  return {
    addresses,
    forSenders: {
      get http() {
        return addresses.http
      },
      get grpc() {
        return addresses.grpc
      },
      get needs() {
        return senderNeeds(settings)
      },
    },
    status: () => ({ grpc: statusOf(running.grpc), http: statusOf(running.http) }),
    read: () => shown(settings),
    freePorts: () =>
      freePorts({
        grpc: { ...settings.grpc, listens: running.grpc.receiver !== null },
        http: { ...settings.http, listens: running.http.receiver !== null },
      }),
    write: ({ token, ...draft }) =>
      inTurn(async () => {
        const next = staying({ ...draft, token: token === undefined ? settings.token : token }, settings)
        check(next)
        const differs = (transport: Transport): boolean =>
          JSON.stringify([next[transport], next.tls]) !== JSON.stringify([settings[transport], settings.tls])
        const changed = transports.filter(differs)
        const before = { ...addresses }
        const keep = (kept: KeptSettings): void => {
          writeReceiverSettings(dataDir, kept)
        }
        if (isPaused) {
          keep(next)
          settings = next
        } else {
          await move(changed, next, keep)
          // One that was refused its port before may have it now; that it has not is no reason against the rest.
          for (const transport of transports) if (running[transport].receiver === null) await tryListen(transport)
        }
        const isMoved = changed.length > 0 || transports.some((transport) => addresses[transport] !== before[transport])
        if (isMoved) tellMoved()
        return { ...shown(settings), moved: isMoved }
      }),
    servesPage: (url) => {
      page = url
      noteListening(dataDir, { ...addresses, page })
    },
    setReceiving: (receives) =>
      inTurn(async () => {
        isPaused = !receives
        await closeAll()
        for (const transport of transports) {
          if (receives) await tryListen(transport)
          else running[transport] = paused
        }
        tellMoved()
      }),
    async close() {
      await inTurn(closeAll)
      forgetListening(dataDir)
    },
  }
}

const notYet: Running = { receiver: null, none: null }
const paused: Running = { receiver: null, none: { error: 'receiving is paused', takenBy: null, free: null } }

function statusOf({ receiver, none }: Running): Status['receivers']['grpc'] {
  return { address: receiver?.address ?? null, error: none?.error ?? null, takenBy: none?.takenBy ?? null }
}

function shown({ token, ...settings }: KeptSettings): ReceiversShown {
  return { ...settings, token: token === null ? null : maskValue(token) }
}

function readFor({ tls }: KeptSettings): Tls | null {
  try {
    return readTls(tls)
  } catch (error) {
    throw new ProcedureError('bad_request', `tls: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function withPort(settings: KeptSettings, transport: Transport, port: number): KeptSettings {
  return { ...settings, [transport]: { ...settings[transport], port } }
}

/** Port 0 is any free one: where it listens already is one. */
function staying(next: KeptSettings, now: KeptSettings): KeptSettings {
  return transports.reduce(
    (kept, transport) => (next[transport].port === 0 ? withPort(kept, transport, now[transport].port) : kept),
    next,
  )
}

const other = (transport: Transport): Transport => (transport === 'grpc' ? 'http' : 'grpc')

/** Bound to more than loopback, a receiver answers to the addresses it has; names would let DNS rebinding in. */
function ownNames(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? [])
}
