import { createHash } from 'node:crypto'

/** One of several projectors beside each other. */
export interface Shard {
  /** From 1. */
  readonly number: number
  readonly of: number
}

export const shardName = ({ number, of }: Shard): string => `${number}/${of}`

/** Whose session it is, by its id alone. */
export function isOfShard(id: string, { number, of }: Shard): boolean {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % of === number - 1
}
