/** The request's body is not what OTLP says it must be. The message names the place, for the sender to read. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody'
}
