/** Columns of panels' rows that hold the id of a session. */
export const sessionColumns: readonly string[] = ['sessionId', 'longestId']
