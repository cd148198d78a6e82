/**
 * Errors cross the boundary as values, with a closed set of codes, so that both hosts and every client
 * treat them alike.
 */
export const errorCodes = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'unknown_procedure',
  'too_large',
  'unavailable',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export interface Failure {
  readonly code: ErrorCode
  readonly message: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

/** What a handler throws to answer with one of the codes; anything else that is thrown becomes `internal`. */
export class ProcedureError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.name = 'ProcedureError'
    this.code = code
  }
}
