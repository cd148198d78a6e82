/** A command could not find out what it was asked, where 1 already says something else. */
export class NotKnown extends Error {
  readonly exitCode = 4
}
