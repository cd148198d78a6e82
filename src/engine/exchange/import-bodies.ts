import { DocumentScan, type Piece } from './document-scan.ts'
import { ImportError } from './import-error.ts'
import { documentParts, type ImportBody, type ImportPart } from './import-json.ts'
import { linesOf, mostDocumentBytes, type Line } from './import-lines.ts'
import { protobufBodies } from './import-protobuf.ts'
import { contentOf, type ImportSource, type Reading } from './import-source.ts'
import type { LeftOutList } from './left-out.ts'

/** A file of which so much cannot be read is something else, and to look at tens of millions of lines takes minutes. */
const mostUnreadable = 1024 * 1024

/**
 * The requests in a file, one after the other, with no more of the file in memory than one line or document: JSON documents, each
 * OTLP/JSON or a session's export, on lines of their own or not; a raw OTLP protobuf body; or any of these packed. What cannot be
 * read among documents that can goes to `leftOut`. Throws ImportError where the file is none of these.
 */
export async function* partsOfFile(
  source: ImportSource,
  reading: Reading,
  leftOut: LeftOutList,
): AsyncGenerator<ImportPart, void> {
  const content = contentOf(source, reading)
  try {
    yield* bodiesIn(content, source.name.toLowerCase().replace(/\.(?:gz|zst|zstd)$/, ''), reading, leftOut)
  } finally {
    // Whoever has had enough of it leaves no file open.
    await content.return()
  }
}

async function* bodiesIn(
  content: AsyncGenerator<Buffer, void>,
  name: string,
  reading: Reading,
  leftOut: LeftOutList,
): AsyncGenerator<ImportPart, void> {
  if (/\.(?:pb|binpb|bin|protobuf)$/.test(name)) return yield* await protobufBodies(name, await all(content), reading)
  const first = await content.next()
  if (first.done === true) throw new ImportError('it is empty')
  const rest = withFirst(first.value, content)
  // A protobuf request begins with the tag of its first group, which as a text is an empty line.
  const isText = /\.(?:json|jsonl|ndjson|otlp)$/.test(name) || first.value[0] !== 10
  if (isText) return yield* textBodies(rest, reading, leftOut)
  const whole = await all(rest)
  let bodies: ImportBody[]
  try {
    bodies = await protobufBodies(name, whole, reading)
  } catch (error) {
    if (!(error instanceof ImportError) || !/^\s*\{/.test(whole.toString('latin1', 0, 100))) throw error
    return yield* textBodies(withFirst(whole, none()), reading, leftOut)
  }
  yield* bodies
}

async function* textBodies(
  content: AsyncIterable<Buffer>,
  { pause }: Reading,
  leftOut: LeftOutList,
): AsyncGenerator<ImportPart, void> {
  let unreadable = 0
  const leave = (line: number, why: () => string): void => {
    leftOut.add(line, why)
    if (++unreadable >= mostUnreadable)
      throw new ImportError(`${mostUnreadable} documents up to line ${line} cannot be read: the rest was left alone`)
  }
  try {
    for await (const pieces of piecesOf(linesOf(content)))
      for (const piece of pieces) {
        if (isEmptyObject(piece.bytes)) continue
        if (!piece.isWhole) {
          leave(piece.line, () => whyNot(piece))
          continue
        }
        let bodies: ImportPart[]
        try {
          bodies = documentParts(piece.bytes, piece)
        } catch (error) {
          if (!(error instanceof ImportError)) throw error
          leave(piece.line, () => error.message)
          // To look for what is wrong may have taken as long as to read much more.
          await pause()
          continue
        }
        yield* bodies
      }
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    leftOut.add(null, () => error.message)
  }
}

async function* piecesOf(content: AsyncIterable<readonly Line[]>): AsyncGenerator<Iterable<Piece>, void> {
  const scan = new DocumentScan()
  for await (const lines of content) yield piecesIn(scan, lines)
  yield scan.end()
}

function* piecesIn(scan: DocumentScan, lines: readonly Line[]): Generator<Piece, void> {
  for (const line of lines) yield* scan.line(line)
}

/** `{}`, a request that holds nothing: some files are millions of them. */
function isEmptyObject(bytes: Buffer): boolean {
  return bytes.length === 2 && bytes[0] === 0x7b && bytes[1] === 0x7d
}

function whyNot(piece: Piece): string {
  if (piece.excess !== null) return `line ${piece.line}: ${piece.excess}`
  try {
    documentParts(piece.bytes, piece)
  } catch (error) {
    if (error instanceof ImportError) return error.message
    throw error
  }
  return `line ${piece.line}: not a JSON object`
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
