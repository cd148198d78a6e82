/** What the first bytes of a line tell, before anything is parsed. */
export interface LineHead {
  readonly timestamp: string
  /** Counts up within a file; absent in legacy files. */
  readonly ordinal: number | null
  /** The record's type, and where it has them the payload's and the item's: `event_msg/item_completed/UserMessage`. */
  readonly kind: string
}

/** So much of a line's beginning is enough for its head, ids of the usual length included. */
export const headLength = 400

// Every line that was seen has its keys in this order.
const record =
  /^\{"timestamp":"([^"\\]{1,40})",(?:"ordinal":(\d{1,15}),)?"type":"([a-z_]{1,60}","payload":\{(?:"type":"\w{1,60}"|"full":false\b)?)/
const item = /"item":\{"type":"(\w{1,60})"/

/** The head by the first bytes; null where they stand in another order, so that the line has to be parsed to know. */
export function headOf(beginning: string): LineHead | null {
  const found = record.exec(beginning)
  if (found === null) return null
  const [, timestamp = '', ordinal, types = ''] = found
  const kind = remembered(kinds, types, kindOfTypes)
  return {
    timestamp,
    ordinal: ordinal === undefined ? null : Number(ordinal),
    kind: kind === itemCompleted ? remembered(itemKinds, item.exec(beginning)?.[1] ?? '', kindOfItem) : kind,
  }
}

const itemCompleted = 'event_msg/item_completed'
/** By the types as they stand in a line. */
const kinds = new Map<string, string>()
const itemKinds = new Map<string, string>()
const mostKinds = 500

function kindOfTypes(types: string): string {
  const [type = '', , , , key, , payloadType] = types.split('"')
  return key === 'full' ? patched(type) : kindOf(type, payloadType, undefined)
}

function kindOfItem(type: string): string {
  return kindOf('event_msg', 'item_completed', type === '' ? undefined : type)
}

/** A file has a million lines of a few kinds. Only so many are kept, for a broken one may hold any. */
function remembered(known: Map<string, string>, types: string, make: (types: string) => string): string {
  const before = known.get(types)
  if (before !== undefined) return before
  const kind = make(types)
  if (known.size < mostKinds) known.set(types, kind)
  return kind
}

/** The head by the parsed line; null where it is no record. */
export function headOfParsed(line: unknown): LineHead | null {
  const { timestamp, ordinal, type, payload } = asObject(line)
  if (typeof timestamp !== 'string' || typeof type !== 'string') return null
  const inner = asObject(payload)
  if (inner.type === undefined && inner.full === false)
    return { timestamp, ordinal: typeof ordinal === 'number' ? ordinal : null, kind: patched(type) }
  const kind = kindOf(type, asText(inner.type), asText(asObject(inner.item).type))
  return { timestamp, ordinal: typeof ordinal === 'number' ? ordinal : null, kind }
}

/** What has changed since the last one: a full one is long, and says nothing of that. */
function patched(type: string): string {
  return `${type}/patch`
}

function kindOf(type: string, payloadType: string | undefined, itemType: string | undefined): string {
  if (payloadType === undefined) return type
  return payloadType === 'item_completed' && itemType !== undefined
    ? `${type}/${payloadType}/${itemType}`
    : `${type}/${payloadType}`
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
