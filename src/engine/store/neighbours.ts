/** A title session begins within this time of the prompt that it names. */
export const neighbourNs = 10_000_000_000n

/** A hook's step belongs to the work when it begins within this time of it; one of days later says something of a session that is over. */
export const besideNs = 60_000_000_000n
