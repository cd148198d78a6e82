const recordBits = 24n
const spanBits = 32n

const clamped = (value: bigint, bits: bigint): bigint => {
  const most = (1n << bits) - 1n
  return value < 0n ? 0n : value > most ? most : value
}

/**
 * Which of two projections of a session is the later one, from what went into it and never from a clock: the version of the code that
 * made it, how many records there were, and how long the session lasted. The same records make the same revision; more make a greater one.
 */
export function revisionOf(schema: number, records: number, lastedMs: bigint): bigint {
  return (
    (clamped(BigInt(schema), 8n) << (recordBits + spanBits)) |
    (clamped(BigInt(records), recordBits) << spanBits) |
    clamped(lastedMs, spanBits)
  )
}
