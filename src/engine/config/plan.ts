import { z } from 'zod'
import type { ConfigPlan, ConfigProblem, ConfigRequest } from '../../contract/config.ts'
import { ProcedureError } from '../../contract/result.ts'
import { agentServerChanges, agentServerObstacle, type StartedBy } from '../../model/config/agent-server.ts'
import { applyChanges, differences, neededChanges, sameDocument } from '../../model/config/changes.ts'
import type { TomlChange, TomlDifference } from '../../model/config/changes.ts'
import { checkOtelValue } from '../../model/config/check-otel.ts'
import { commandLineFlags } from '../../model/config/flags.ts'
import { differenceLines } from '../../model/config/lines.ts'
import { fromJson, type JsonValue } from '../../model/config/json-value.ts'
import { oneClickChanges, oneClickObstacles, type ReceiverAddresses } from '../../model/config/one-click.ts'
import { keyText, valueText } from '../../model/config/toml-text.ts'
import { isTable, kindOf, type TomlTable } from '../../model/config/toml-value.ts'
import { maskValue } from '../../model/config/mask.ts'
import { unifiedDiff } from '../../model/config/unified-diff.ts'
import { decode, encode, type ConfigFile } from './config-file.ts'
import { readText } from './toml/document.ts'
import { CannotEdit, editToml } from './toml/edit.ts'
import { lostDestinations } from './lost-destinations.ts'
import { lineIn } from './toml/line-of.ts'
import { maskText } from './toml/mask-text.ts'
import { mendExporters } from './toml/mend.ts'
import { readToml } from './toml/read-toml.ts'

export interface Planned {
  readonly file: ConfigFile
  /** Equal to the old bytes when nothing would be written. */
  readonly next: Buffer
  readonly text: string
  readonly differences: readonly TomlDifference[]
  readonly told: ConfigPlan
  /** Throws where bytes are not the planned document. */
  readonly verify: (bytes: Buffer | null) => void
}

/** The bytes to write for a request, checked by both parsers. Writes nothing. */
export function planRequest(
  file: ConfigFile,
  request: ConfigRequest,
  receivers: ReceiverAddresses,
  started: StartedBy | null = null,
): Planned {
  if (request.text !== undefined) return planText(file, request.text)
  const base = readBase(file)
  const server = request.agentServer && started !== null ? agentServerChanges(started) : []
  const changes = [...requestedChanges(base.values, request, receivers), ...server]
  const planned = planChanges(file, changes, base)
  const isOneClick = request.protocol !== undefined
  const obstacles = isOneClick ? oneClickObstacles(base.values, receivers) : []
  const unused = request.agentServer ? agentServerObstacle(base.values) : null
  const warnings = [
    ...(unused === null ? [] : [unused]),
    ...obstacles,
    ...lostDestinations(base.values, planned.differences, receivers),
  ]
  return { ...planned, told: { ...planned.told, warnings: [...planned.told.warnings, ...warnings] } }
}

/** The same for changes that are known already. */
export function planChanges(file: ConfigFile, changes: readonly TomlChange[], base: Base = readBase(file)): Planned {
  refuseOtherOtel(file.path, base, changes)
  const needed = neededChanges(base.values, changes)
  const text = edited(base.text, needed)
  const wanted = { first: applyChanges(base.values, needed), second: applyChanges(base.secondValues, needed) }
  requireSameComments(base.text, text)
  return finish(file, { base, text, wanted, changes })
}

/** Where `otel` is something else than a table there is no place for a key of it, and what it says is not ours to take out. */
function refuseOtherOtel(path: string, { text, values }: Base, changes: readonly TomlChange[]): void {
  const otel = values.get('otel')
  if (otel === undefined || isTable(otel) || changes.every(({ path: [first] }) => first !== 'otel')) return
  const line = lineIn(text, ['otel'])
  const place = line === null ? path : `${path}:${String(line)}`
  throw new ProcedureError('bad_request', `${place}: otel is ${kindOf(otel)}, but Codex expects a table there: [otel]`)
}

/** A person's own text is written as it is, provided that it parses. */
function planText(file: ConfigFile, text: string): Planned {
  const read = readToml(text)
  if (!read.ok) throw unreadable(file.path, read.problem)
  const old = decode(file.bytes)
  // Nobody can have edited what could not be shown.
  if (!('text' in old)) throw unreadable(file.path, old)
  const before = readToml(old.text)
  const values = before.ok ? before.values : new Map()
  const secondValues = before.ok ? before.secondValues : new Map()
  const changes = differences(values, read.values).map(({ path, after }) => ({ path, value: after }))
  const base = { original: old.text, text: old.text, hasMark: old.hasMark, values, secondValues }
  return finish(file, { base, text, wanted: { first: read.values, second: read.secondValues }, changes })
}

export interface Base {
  /** As it is in the file, without a byte order mark. */
  readonly original: string
  /** The same, or with exporters mended that were there twice. */
  readonly text: string
  readonly hasMark: boolean
  readonly values: TomlTable
  readonly secondValues: TomlTable
}

/** Throws where the file does not parse and cannot be mended: it is never written over. */
export function readBase(file: ConfigFile): Base {
  const decoded = decode(file.bytes)
  if (!('text' in decoded)) throw unreadable(file.path, decoded)
  const read = readToml(decoded.text)
  if (read.ok) return { ...decoded, ...read, original: decoded.text }
  const mended = mendExporters(decoded.text)
  const again = mended === null ? read : readToml(mended.text)
  if (mended === null || !again.ok) throw unreadable(file.path, read.problem)
  return { ...decoded, ...again, original: decoded.text, text: mended.text }
}

interface Unfinished {
  readonly base: Base
  readonly text: string
  readonly wanted: { readonly first: TomlTable; readonly second: TomlTable }
  readonly changes: readonly TomlChange[]
}

function finish(file: ConfigFile, { base, text, wanted, changes }: Unfinished): Planned {
  const next = file.bytes === null && text === '' ? Buffer.alloc(0) : encode({ text, hasMark: base.hasMark })
  const verify = (bytes: Buffer | null): void => {
    const decoded = decode(bytes)
    if (bytes?.equals(next) !== true || !('text' in decoded))
      throw new Error('the bytes are not those that were written')
    const read = readToml(decoded.text)
    if (!read.ok) throw new Error(read.problem.message)
    if (!sameDocument(read.values, wanted.first) || !sameDocument(read.secondValues, wanted.second))
      throw new Error('other keys than the planned ones differ')
  }
  verify(next)
  const changed = differences(base.values, wanted.first)
  const told: ConfigPlan = {
    path: file.path,
    target: file.target,
    exists: file.bytes !== null,
    obstacle: file.obstacle,
    fingerprint: file.fingerprint,
    changes: changed.map(({ path, before, after }) => ({
      key: keyText(path),
      before: before === undefined ? null : valueText(maskValue(path, before)),
      after: after === undefined ? null : valueText(maskValue(path, after)),
    })),
    diff: unifiedDiff(
      base.original,
      text,
      { before: file.bytes === null ? '/dev/null' : file.target, after: file.target },
      maskText,
    ),
    lines: differenceLines(changed),
    text: maskText(text),
    flags: commandLineFlags(
      changes.map(({ path, value }) => ({ path, value: value === undefined ? undefined : maskValue(path, value) })),
    ),
    warnings: [],
  }
  return { file, next, text, differences: changed, told, verify }
}

export function edited(text: string, changes: readonly TomlChange[]): string {
  try {
    const result = changes.reduce(editToml, text)
    const endsInNewline = text === '' || text.endsWith('\n')
    return endsInNewline || changes.length === 0 ? result : result.replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof CannotEdit) throw new ProcedureError('bad_request', `nothing was written: ${error.message}`)
    throw error
  }
}

export function requestedChanges(
  values: TomlTable,
  request: Pick<ConfigRequest, 'protocol' | 'only' | 'withoutDeltas' | 'changes'>,
  receivers: ReceiverAddresses,
): readonly TomlChange[] {
  const { protocol, only, withoutDeltas, changes } = request
  const all = new Map<string, TomlChange>()
  const oneClick = protocol === undefined ? [] : oneClickChanges(values, receivers, { protocol, only, withoutDeltas })
  if (oneClick === null) throw new ProcedureError('unavailable', `no receiver listens for ${protocol ?? ''}`)
  for (const change of oneClick) all.set(keyText(change.path), change)
  for (const { key, value: given } of changes) {
    const json = z.json().safeParse(given)
    if (!json.success) throw new ProcedureError('bad_request', `${keyText(['otel', key])}: expected a JSON value`)
    // What was read of it has lost a key called `__proto__`.
    const value = fromJson(given as JsonValue)
    const [fault] = value === undefined ? [] : checkOtelValue(key, value)
    if (fault !== undefined) throw new ProcedureError('bad_request', `${keyText(fault.path)}: ${fault.message}`)
    all.set(keyText(['otel', key]), { path: ['otel', key], value })
  }
  return [...all.values()]
}

/** The parser of the edit says where comments are: an edit that lost one is not written. */
function requireSameComments(before: string, after: string): void {
  const commentsOf = (text: string): string[] =>
    readText(text)
      .comments.map(({ start, end }) => text.slice(start, end).trim())
      .sort()
  if (commentsOf(before).join('\n') !== commentsOf(after).join('\n'))
    throw new ProcedureError('bad_request', 'nothing was written: a comment would have been lost')
}

function unreadable(path: string, { message, line, column }: ConfigProblem): ProcedureError {
  const place = line === null ? '' : `:${String(line)}${column === null ? '' : `:${String(column)}`}`
  return new ProcedureError('bad_request', `${path}${place} does not parse, so nothing was written to it: ${message}`)
}
