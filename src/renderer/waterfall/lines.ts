import type { TreeRow } from '../../model/tree/row.ts'
import type { DisplayList } from './display-list.ts'
import { isSpan, ownerOf, rowOfEntry } from './entries.ts'
import type { Entry } from './entries.ts'
import type { RowWindow } from './hit.ts'
import { hasChildren } from './outline.ts'
import type { SessionData } from './session-data.ts'
import { spansWithEvents } from './span-events.ts'
import { hasSpansBelow } from './span-folds.ts'

/** All that is drawn and said of one line. Made for those in view alone. */
export interface Line {
  readonly line: number
  readonly entry: Entry
  readonly row: TreeRow
  readonly level: number
  /** Place among its siblings; null for raw spans, which may be a hundred thousand. */
  readonly place: { readonly position: number; readonly siblings: number } | null
  /** null where there is nothing to unfold. */
  readonly expanded: boolean | null
  readonly isRaw: boolean
  /** Raw spans of the row and all below it; 0 while they are not known. */
  readonly spans: number
  /** Raw spans that a folded one hides. */
  readonly hidden: number
  readonly errorBelow: boolean
  /** Of the spans that the line alone stands for, those with events. */
  readonly eventSpans: Int32Array
}

export interface LineChoices {
  readonly isFolded: (row: number) => boolean
  readonly isRaw: (row: number) => boolean
}

const none = new Int32Array()

export function linesIn(
  data: SessionData,
  list: DisplayList,
  window: RowWindow,
  choices: LineChoices,
): readonly Line[] {
  const lines: Line[] = []
  for (let line = window.first; line < Math.min(window.end, list.lines); line++) {
    const made = lineAt(data, list, line, choices)
    if (made) lines.push(made)
  }
  return lines
}

export function lineAt(data: SessionData, list: DisplayList, line: number, choices: LineChoices): Line | null {
  const entry = list.entryAt(line)
  const row = entry === null ? null : rowOfEntry(data, entry)
  if (entry === null || row === null) return null
  const owner = ownerOf(data, entry)
  const { level, position, siblings, errorBelow } = data.outline
  if (isSpan(entry)) {
    const { depth } = data.raw?.spans ?? {}
    const fold = list.foldOf(~entry)
    return {
      ...{ line, entry, row, place: null, isRaw: false, spans: 1 },
      level: (level[owner] ?? 0) + 1 + (depth?.[~entry] ?? 0),
      expanded: fold ? false : hasSpansBelow(data, ~entry) ? true : null,
      hidden: fold?.hidden ?? 0,
      errorBelow: fold?.hasError ?? false,
      eventSpans: spansWithEvents(data, ~entry, ~entry + 1),
    }
  }
  const isRaw = choices.isRaw(entry)
  const showsSpans = isRaw && (data.end[entry] ?? 0) > (data.first[entry] ?? 0)
  return {
    ...{ line, entry, row, isRaw, hidden: 0 },
    eventSpans: showsSpans ? none : spansWithEvents(data, data.first[entry] ?? 0, data.end[entry] ?? 0),
    level: level[entry] ?? 1,
    place: { position: position[entry] ?? 1, siblings: siblings[entry] ?? 1 },
    expanded: hasChildren(data.outline, entry) || showsSpans ? !choices.isFolded(entry) : null,
    spans: data.spansBelow[entry] ?? 0,
    errorBelow: errorBelow[entry] === 1,
  }
}
