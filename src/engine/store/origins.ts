/** Where a body came from; the numbers stand in the database: never renumber. */
export const origins = { received: 1, sample: 2, import: 3 } as const
export type Origin = keyof typeof origins
