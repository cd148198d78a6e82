import { z } from 'zod'

const port = z.number().int().min(0).max(65_535)
const listen = z.object({ host: z.string().min(1).max(255), port })
const path = z.string().min(1).max(4096)
const names = z.array(z.string().min(1).max(255)).max(50)

export const receiverTls = z.object({
  /** PEM files on the machine that Colophon runs on. */
  certFile: path,
  keyFile: path,
  /** Whose client certificates are taken; null: senders show none. */
  clientCaFile: path.nullable(),
})

/** How the receivers listen. */
export const receiverSettings = z.object({
  grpc: listen,
  http: listen,
  tls: receiverTls.nullable(),
  /** Names beside loopback that a request may be addressed to. */
  allowedHosts: names,
  /** Web pages that may send. */
  allowedOrigins: names,
})

export const bearerToken = z.string().regex(/^[\x21-\x7e]{16,512}$/, '16 to 512 printable characters without spaces')

export const receiversShown = receiverSettings.extend({
  /** The end of the bearer token that senders must show; null where none is asked for. */
  token: z.string().nullable(),
})

export const receiversDraft = receiverSettings.extend({
  /** Left out: as it is. */
  token: bearerToken.nullable().optional(),
})

export const receiversWritten = receiversShown.extend({
  /** An address has changed: Codex must be told. */
  moved: z.boolean(),
})

/** Where each could listen now: its port where it listens, else the next free one; null where none is near. */
export const freePorts = z.object({ grpc: port.nullable(), http: port.nullable() })

export type ReceiverSettings = z.infer<typeof receiverSettings>
export type ReceiversShown = z.infer<typeof receiversShown>
export type ReceiversDraft = z.infer<typeof receiversDraft>
export type ReceiversWritten = z.infer<typeof receiversWritten>
