/** The command line says what it does not: its message is one line for a person. */
export class UsageError extends Error {}
