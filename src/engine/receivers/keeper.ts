import { networkInterfaces } from 'node:os'
import type { ReceiversDraft, ReceiversShown, ReceiversWritten } from '../../contract/receivers.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Status } from '../../contract/status.ts'
import { maskValue } from '../../model/forwarding/mask.ts'
import { defaultPorts } from '../api/ports.ts'
import type { ListenOptions } from '../engine.ts'
import { readRegularFile, UnfitFile } from '../regular-file.ts'
import { startGrpcReceiver } from './grpc.ts'
import { startHttpReceiver } from './http.ts'
import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { instanceOf } from './instance.ts'
import { senderNeeds } from './sender-needs.ts'
import { freePortAfter } from './free-port.ts'
import { portHolder } from './port-holder.ts'
import type { Receiver, ReceiverOptions, Tls } from './received-body.ts'
import { readReceiverSettings, writeReceiverSettings, type KeptSettings } from './settings-file.ts'

type Transport = 'grpc' | 'http'
const transports = ['grpc', 'http'] as const
const start = { grpc: startGrpcReceiver, http: startHttpReceiver }

export interface ReceiverKeeper {
  /** `host:port` of each, null where it does not listen; this object stays the same and follows every move. */
  readonly addresses: Record<Transport, string | null>
  /** The same, with what a sender must bring. */
  readonly forSenders: ReceiverAddresses
  status(): Status['receivers']
  read(): ReceiversShown
  /** Throws `bad_request`, with everything as it was, where a receiver cannot listen so. */
  write(draft: ReceiversDraft): Promise<ReceiversWritten>
  /** Closes the receivers, or opens them again where they were. */
  setReceiving(receives: boolean): Promise<void>
  close(): Promise<void>
}

export interface KeeperGiven {
  readonly dataDir: string
  /** What the host asks for. Another port than the usual one comes before what is set. */
  readonly wanted: Record<Transport, ListenOptions>
  readonly optionsOf: (transport: Transport) => Pick<ReceiverOptions, 'maxBytes' | 'accept' | 'refused'>
  readonly moved: () => void
}

interface Running {
  readonly receiver: Receiver | null
  readonly error: string | null
}

export async function keepReceivers({ dataDir, wanted, optionsOf, moved }: KeeperGiven): Promise<ReceiverKeeper> {
  const stored = readReceiverSettings(dataDir)
  let settings: KeptSettings = {
    ...(stored ?? { tls: null, token: null, allowedHosts: [], allowedOrigins: [] }),
    grpc: stored === null || wanted.grpc.port !== defaultPorts.otlpGrpc ? { ...wanted.grpc } : stored.grpc,
    http: stored === null || wanted.http.port !== defaultPorts.otlpHttp ? { ...wanted.http } : stored.http,
  }
  const instance = instanceOf(dataDir)
  const running: Record<Transport, Running> = { grpc: notYet, http: notYet }
  const addresses: Record<Transport, string | null> = { grpc: null, http: null }

  /** What concerns a request alone is read with each, so that a change of it restarts nothing. */
  function options(transport: Transport, { host, port }: ListenOptions, tls: Tls | null): ReceiverOptions {
    return {
      ...optionsOf(transport),
      instance,
      host,
      port,
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
    }
  }

  const listen = (transport: Transport, { tls, ...of }: KeptSettings): Promise<Receiver> =>
    start[transport](options(transport, of[transport], readTls(tls)))

  function set(transport: Transport, receiver: Receiver | null, error: string | null): void {
    running[transport] = { receiver, error }
    addresses[transport] = receiver?.address ?? null
  }

  async function tryListen(transport: Transport, of: KeptSettings): Promise<void> {
    try {
      set(transport, await listen(transport, of), null)
    } catch (error) {
      set(transport, null, await whyNot(error, of[transport]))
    }
  }

  /** An address of its own is taken before the one of before is left; the same one must be left first. */
  async function move(transport: Transport, next: KeptSettings): Promise<void> {
    const before = running[transport].receiver
    const isOwnPort = next[transport].port !== settings[transport].port
    try {
      if (!isOwnPort) await before?.close()
      set(transport, await listen(transport, next), null)
      if (isOwnPort) await before?.close()
    } catch (error) {
      const why = await whyNot(error, next[transport])
      if (!isOwnPort) await tryListen(transport, at(settings, transport, before?.address))
      throw new ProcedureError('bad_request', `${transport}: ${why}`)
    }
  }

  const closeAll = async (): Promise<void> => {
    await Promise.all(transports.map(async (transport) => running[transport].receiver?.close()))
  }

  await Promise.all(transports.map((transport) => tryListen(transport, settings)))

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
    async write({ token, ...draft }) {
      const next: KeptSettings = { ...draft, token: token === undefined ? settings.token : token }
      check(next)
      const before = settings
      const changed = transports.filter(
        (transport) =>
          JSON.stringify([next[transport], next.tls]) !== JSON.stringify([before[transport], before.tls]) ||
          running[transport].receiver === null,
      )
      const done: Transport[] = []
      try {
        for (const transport of changed) {
          await move(transport, next)
          done.push(transport)
        }
      } catch (error) {
        settings = { ...next, token: before.token }
        for (const transport of done) await move(transport, before).catch(() => undefined)
        settings = before
        throw error
      } finally {
        if (changed.length > 0) moved()
      }
      settings = next
      writeReceiverSettings(dataDir, next)
      return { ...shown(next), moved: changed.length > 0 }
    },
    async setReceiving(receives) {
      await closeAll()
      for (const transport of transports) {
        // At the ports of before: Codex knows no others.
        if (receives) await tryListen(transport, at(settings, transport, addresses[transport] ?? undefined))
        else running[transport] = { receiver: null, error: 'receiving is paused' }
      }
      moved()
    },
    close: closeAll,
  }
}

const notYet: Running = { receiver: null, error: null }

function statusOf({ receiver, error }: Running): Status['receivers']['grpc'] {
  return { address: receiver?.address ?? null, error }
}

function shown({ token, ...settings }: KeptSettings): ReceiversShown {
  return { ...settings, token: token === null ? null : maskValue(token) }
}

/** Port 0 was a free one, and is that one from then on. */
function at(settings: KeptSettings, transport: Transport, address: string | undefined): KeptSettings {
  const port = address === undefined ? settings[transport].port : Number(address.slice(address.lastIndexOf(':') + 1))
  return { ...settings, [transport]: { ...settings[transport], port } }
}

function check({ grpc, http, token, tls }: KeptSettings): void {
  const open = [grpc, http].find(({ host }) => !/^(localhost|::1|127(\.\d{1,3}){3})$/.test(host))
  if (open !== undefined && token === null && tls === null)
    throw new ProcedureError(
      'bad_request',
      `host: ${open.host} is reached by other machines, so it needs a token or TLS`,
    )
  if (grpc.port !== 0 && grpc.port === http.port)
    throw new ProcedureError('bad_request', 'port: gRPC and HTTP need a port each')
}

function readTls(tls: KeptSettings['tls']): Tls | null {
  if (tls === null) return null
  return {
    cert: readPem(tls.certFile),
    key: readPem(tls.keyFile),
    clientCa: tls.clientCaFile === null ? null : readPem(tls.clientCaFile),
  }
}

const mostPemBytes = 1024 * 1024

function readPem(path: string): Buffer {
  try {
    return readRegularFile(path, { mostBytes: mostPemBytes, followsLinks: true }).bytes
  } catch (error) {
    throw new Error(error instanceof UnfitFile ? error.message : `${path} cannot be read`, { cause: error })
  }
}

/** Bound to more than loopback, a receiver answers to the addresses it has; names would let DNS rebinding in. */
function ownNames(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? [])
}

/** In words for a person; of a port that is taken, by whom, and which one is free. */
async function whyNot(error: unknown, { host, port }: ListenOptions): Promise<string> {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (!isTaken) return `${host}:${String(port)}: ${error instanceof Error ? error.message : String(error)}`
  const holder = await portHolder(port)
  const free = await freePortAfter(port, host)
  const offer = free === null ? '' : `; port ${String(free)} is free`
  return `${host}:${String(port)}: port ${String(port)} is taken by ${holder ?? 'another program'}${offer}`
}
