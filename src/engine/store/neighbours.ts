/** A title session begins within this time of the prompt that it names. */
export const neighbourNs = 10_000_000_000n
