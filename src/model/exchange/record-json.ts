/** A record, resource or scope in OTLP/JSON form. */
export type Json = null | string | number | boolean | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}
