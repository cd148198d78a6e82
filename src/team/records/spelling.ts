import type { RawTable } from './generation.ts'

/** Names of columns and keys come from this program alone; what is looked for is bound. */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`

/** An attribute's text; '' where there is none. Of a key that stands twice in a Map any: see `restore.ts`. */
export function attribute({ attributes }: RawTable, column: string, key: string): string {
  return attributes === 'map' ? `${column}[${quoted(key)}]` : `toString(${column}.\`${key}\`)`
}

/** A column's text, '' where it is NULL: of the exporter's own columns none is, but whoever made the table by hand may have let them be. */
export const told = (column: string): string => `ifNull(${column}, '')`

/** All attributes of a row as `restore.ts` reads them. */
export function allAttributes({ attributes }: RawTable, column: string): string {
  return attributes === 'map' ? `arrayZip(mapKeys(${column}), mapValues(${column}))` : `toString(${column})`
}

/** The same as one text. */
export function attributesAsText(table: RawTable, column: string): string {
  const all = allAttributes(table, column)
  return table.attributes === 'map' ? `toJSONString(${all})` : all
}

function hasAnyKey({ attributes }: RawTable, column: string, keys: readonly string[]): string {
  const listed = `[${keys.map(quoted).join(', ')}]`
  return attributes === 'map' ? `hasAny(mapKeys(${column}), ${listed})` : `hasAny(JSONAllPaths(${column}), ${listed})`
}

/** `thread.id` is an OS thread as a number and a conversation as text, often both on one span. */
function threadText(table: RawTable, column: string): string {
  if (table.attributes === 'json')
    return `if(match(${attribute(table, column, 'thread.id')}, '^[0-9]+$'), '', ${attribute(table, column, 'thread.id')})`
  return `arrayFilter((v, k) -> k = 'thread.id' AND NOT match(v, '^[0-9]*$'), mapValues(${column}), mapKeys(${column}))[1]`
}

/** Whether a span names a conversation, a turn or a call. Nearly all have an OS thread, which names none of them. */
export function isLinked(table: RawTable, keys: readonly string[]): string {
  const telling = keys.filter((key) => key !== 'thread.id')
  return `(${hasAnyKey(table, 'SpanAttributes', telling)} OR ${threadText(table, 'SpanAttributes')} != '')`
}

/** The conversation that a record names, as `conversationOf` of the model has it; '' where it names none. */
export function conversation(table: RawTable, column: string): string {
  const [named, thread] = ['conversation.id', 'thread_id'].map((key) => attribute(table, column, key))
  return `multiIf(${named} != '', ${named}, ${thread} != '', ${thread}, ${threadText(table, column)})`
}

/**
 * Whether a record may be of one of the conversations that are bound as `ids`: an index of the exporter's can tell, and where there is none it is told
 * three times as fast as which of its words names them. Asked before that.
 */
export function mayName({ attributes }: RawTable, column: string): string {
  return attributes === 'map' ? `hasAny(mapValues(${column}), {ids:Array(String)})` : 'true'
}

/** The turn that a span names, or ''. */
export function turnOf(table: RawTable): string {
  const [newer, older] = ['turn.id', 'turn_id'].map((key) => attribute(table, 'SpanAttributes', key))
  return `if(${newer} != '', ${newer}, ${older})`
}

/** The conversations whose facts a log record may change: its own, and both ends of a message between agents. */
export function conversations(table: RawTable): string {
  const ends = ['sender_thread_id', 'receiver_thread_id'].map((key) => attribute(table, 'LogAttributes', key))
  return `arrayDistinct(arrayFilter(n -> n != '', [${[conversation(table, 'LogAttributes'), ...ends].join(', ')}]))`
}

/** Texts on their way to the model's stream: two thirds of all log records, and no fact is in them. */
export function isDelta(table: RawTable): string {
  const [kind, error] = ['event.kind', 'error.message'].map((key) => attribute(table, 'LogAttributes', key))
  return `(endsWith(${kind}, '.delta') AND ${error} = '')`
}

/** A bound on when a record was made, by which the table's key and partitions prune. */
export function within({ columns }: RawTable): string {
  const bounds = `Timestamp >= fromUnixTimestamp64Nano({fromNs:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({toNs:Int64})`
  // Of the tables that have it the key is this one: a bound on the other prunes nothing.
  return columns.has('TimestampTime')
    ? `${bounds} AND TimestampTime >= toDateTime(intDiv({fromNs:Int64}, 1000000000)) AND TimestampTime <= toDateTime(intDiv({toNs:Int64}, 1000000000))`
    : bounds
}
