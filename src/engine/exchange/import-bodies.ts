import { jsonExcess } from '../otlp/json-bounds.ts'
import { BytesJoined } from './bytes-joined.ts'
import { ImportError } from './import-error.ts'
import { documentBodies, notJson, type ImportBody } from './import-json.ts'
import { protobufBodies } from './import-protobuf.ts'
import { contentOf, linesOf, mostDocumentBytes, type ImportSource, type Line, type Reading } from './import-source.ts'

/**
 * The requests in a file, one after the other, with no more of the file in memory than one line or document: OTLP/JSON
 * or a session's export as one document, OTLP/JSON lines, a raw OTLP protobuf body, or gzip of any of these.
 * Throws ImportError where the file is none of them, or is damaged.
 */
export async function* bodiesOf(source: ImportSource, reading: Reading): AsyncGenerator<ImportBody, void> {
  const content = contentOf(source, reading)
  try {
    yield* bodiesIn(content, source.name.toLowerCase().replace(/\.gz$/, ''), reading)
  } finally {
    // Whoever has had enough of it leaves no file open.
    await content.return()
  }
}

async function* bodiesIn(
  content: AsyncGenerator<Buffer, void>,
  name: string,
  reading: Reading,
): AsyncGenerator<ImportBody, void> {
  if (/\.(?:pb|binpb|bin|protobuf)$/.test(name)) return yield* await protobufBodies(name, await all(content), reading)
  const first = await content.next()
  if (first.done === true) throw new ImportError('it is empty')
  const rest = withFirst(first.value, content)
  // A protobuf request begins with the tag of its first group, which as a text is an empty line.
  const isText = /\.(?:json|jsonl|ndjson|otlp)$/.test(name) || first.value[0] !== 10
  if (isText) return yield* textBodies(linesOf(rest))
  const whole = await all(rest)
  let bodies: ImportBody[]
  try {
    bodies = await protobufBodies(name, whole, reading)
  } catch (error) {
    if (!(error instanceof ImportError) || !/^\s*\{/.test(whole.toString('latin1', 0, 100))) throw error
    return yield* textBodies(linesOf(withFirst(whole, none())))
  }
  yield* bodies
}

async function* textBodies(lines: AsyncGenerator<Line, void>): AsyncGenerator<ImportBody, void> {
  const filled = withoutMark(lines)
  const first = await filled.next()
  if (first.done === true) throw new ImportError('it is empty')
  const { number, bytes } = first.value
  if (!isWhole(bytes)) return yield* oneDocument(first.value, filled)
  yield* documentBodies(bytes, number)
  for await (const line of filled) yield* documentBodies(line.bytes, line.number)
}

async function* withoutMark(lines: AsyncGenerator<Line, void>): AsyncGenerator<Line, void> {
  for await (const { number, bytes } of lines) {
    const hasMark = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    if (!hasMark || bytes.length > 3) yield { number, bytes: hasMark ? bytes.subarray(3) : bytes }
  }
}

function isWhole(bytes: Buffer): boolean {
  // What is too much to be parsed is told of as what it is.
  if (jsonExcess(bytes) !== null) return true
  try {
    JSON.parse(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** A document over many lines; it has to be held whole. */
async function* oneDocument(first: Line, rest: AsyncGenerator<Line, void>): AsyncGenerator<ImportBody, void> {
  const document = new BytesJoined()
  document.add(first.bytes)
  let last = first.number
  let second: Line | null = null
  for await (const line of rest) {
    second ??= line
    document.addLines(line.number - last)
    document.add(line.bytes)
    last = line.number
    if (document.length > mostDocumentBytes)
      throw new ImportError('one document of more than 128 MiB: as OTLP/JSON lines it can be longer')
  }
  // Where the second line is a document of its own, the file is one of lines and its first is broken.
  if (second !== null && isWhole(second.bytes)) throw notJson(first.bytes, first.number)
  yield* documentBodies(document.whole(), first.number)
}

async function all(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of content) {
    pieces.push(piece)
    length += piece.length
    if (length > mostDocumentBytes) throw new ImportError('one request of more than 128 MiB')
  }
  if (length === 0) throw new ImportError('it is empty')
  return Buffer.concat(pieces)
}

async function* withFirst(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first
  yield* rest
}

async function* none(): AsyncGenerator<Buffer, void> {}
