/** better-sqlite3 binds a number beyond 32 bits as a real, and integer + real would lose nanoseconds. */
export function integers<T extends object>(row: T): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'number' ? BigInt(Math.round(value)) : typeof value === 'boolean' ? Number(value) : value,
    ]),
  )
}
