import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { collectBytes } from './collect-bytes.ts'

export type BodyRead =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'too_large' | 'not_gzip' | 'slow' | 'aborted' }

export interface BodyLimits {
  readonly gzip: boolean
  /** Bytes on the wire, null when unknown. */
  readonly length: number | null
  /** Applies to the bytes on the wire and to what they inflate to. */
  readonly maxBytes: number
  readonly timeoutMs: number
}

/**
 * Reads a body to its end or to the first limit it breaks. Never holds more than `maxBytes` and one chunk, whatever
 * the sender claims or a bomb inflates to. Leaves the request paused and open, so that it can be answered.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyRead> {
  return new Promise((resolve) => {
    const collected = collectBytes(limits.gzip ? null : limits.length)
    const inflate = limits.gzip ? createGunzip({ chunkSize: 64 * 1024 }) : null
    let received = 0

    const stop = (read: BodyRead | Promise<BodyRead>) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      if (inflate !== null) request.unpipe(inflate)
      inflate?.off('data', keep).destroy()
      request.pause()
      resolve(read)
    }
    const finish = () => {
      stop(collected.take().then((bytes) => ({ kind: 'whole', bytes })))
    }
    const keep = (chunk: Uint8Array) => {
      if (collected.size + chunk.length > limits.maxBytes) stop({ kind: 'too_large' })
      else collected.append(chunk)
    }
    const onData = (chunk: Uint8Array) => {
      received += chunk.length
      if (received > limits.maxBytes) stop({ kind: 'too_large' })
      else if (inflate === null) keep(chunk)
    }
    const onEnd = () => {
      // No bytes are a success too, though they are no gzip file.
      if (inflate === null || received === 0) finish()
    }
    const onClose = () => {
      if (!request.readableEnded) stop({ kind: 'aborted' })
    }
    const timer = setTimeout(stop, limits.timeoutMs, { kind: 'slow' })

    request.on('data', onData).on('end', onEnd).on('close', onClose)
    if (inflate === null) return
    inflate.on('data', keep).on('end', finish)
    inflate.on('error', () => {
      stop({ kind: 'not_gzip' })
    })
    request.pipe(inflate)
  })
}

/** Discards what a sender still sends, until it stops, it closes, or a bound is reached. */
export function drain(request: IncomingMessage, bounds: { bytes: number; ms: number }): Promise<void> {
  return new Promise((resolve) => {
    let left = bounds.bytes
    const stop = () => {
      clearTimeout(timer)
      request.off('data', onData).off('end', stop).off('close', stop)
      resolve()
    }
    const onData = (chunk: Uint8Array) => {
      left -= chunk.length
      if (left < 0) stop()
    }
    const timer = setTimeout(stop, bounds.ms)
    if (request.complete || request.destroyed) stop()
    else request.on('data', onData).on('end', stop).on('close', stop).resume()
  })
}
