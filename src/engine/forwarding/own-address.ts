import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Endpoint } from '../../model/forwarding/endpoint.ts'

/** `host:port` of Colophon's own receivers; null where one does not listen. */
export type OwnReceivers = readonly (string | null)[]

export const ownAddressMessage =
  "this is Colophon's own receiver: what it forwards would come back to it. Give the endpoint another port"

/** Whether the endpoint is one of our receivers, by the addresses that its name stands for now. A name that resolves to nothing is not. */
export async function isOwnReceiver({ host, port }: Endpoint, own: OwnReceivers): Promise<boolean> {
  const bound = own
    .flatMap((address) => (address === null ? [] : [split(address)]))
    .filter((each) => each.port === port)
  if (bound.length === 0) return false
  const addresses = isIP(host) > 0 ? [host] : await resolve(host)
  return addresses.some((address) => bound.some((receiver) => reaches(normal(address), receiver.host)))
}

function split(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) }
}

async function resolve(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch {
    return []
  }
}

function reaches(address: string, receiverHost: string): boolean {
  if (isUnspecified(address)) return true
  const isLocal = isLoopback(address) || ofThisMachine(address)
  if (isUnspecified(receiverHost)) return isLocal
  if (receiverHost === 'localhost' || isLoopback(receiverHost)) return isLoopback(address)
  return address === normal(receiverHost)
}

/** An IPv4 address in IPv6's clothes is the IPv4 address. */
function normal(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

function ofThisMachine(address: string): boolean {
  return Object.values(networkInterfaces()).some((entries) =>
    entries?.some((entry) => normal(entry.address) === address),
  )
}
