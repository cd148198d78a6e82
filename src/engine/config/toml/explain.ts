import type { ConfigProblem } from '../../../contract/config.ts'
import { keyText } from '../../../model/config/toml-text.ts'
import type { KeyPath } from '../../../model/config/toml-value.ts'
import { startsWith } from './inline.ts'

/** A parser's words, and what a person needs to know beside them: which key, and where it stood first. */
export function explain(text: string, problem: ConfigProblem): ConfigProblem {
  return strayMark(text) ?? definedTwice(text, problem) ?? lookAlike(text, problem) ?? problem
}

/** Editors show no byte order mark: files that were put together have one in the middle. */
function strayMark(text: string): ConfigProblem | null {
  const at = text.indexOf('\uFEFF')
  if (at < 0) return null
  const before = text.slice(0, at).split('\n')
  return {
    message: 'a byte order mark (U+FEFF), which no editor shows, is inside the text: remove it',
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  }
}

/** What word processors and web pages put in place of a quote or a space, or show nothing for. */
const lookAlikes: readonly (readonly [characters: RegExp, name: string, right: string])[] = [
  [/[\u201c-\u201f\u00ab\u00bb\u2033\uff02]/, 'a curly quote', 'write " in its place'],
  [/[\u2018-\u201b\u2032\uff07]/, 'a curly quote', "write ' in its place"],
  [/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/, 'a space that is none of TOML', 'write a plain space'],
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]/, 'a character that nobody sees', 'remove it'],
]

function lookAlike(text: string, problem: ConfigProblem): ConfigProblem | null {
  const line = problem.line === null ? undefined : text.split('\n')[problem.line - 1]
  for (const [characters, name, right] of line === undefined ? [] : lookAlikes) {
    const found = characters.exec(line ?? '')
    if (found === null) continue
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return { ...problem, message: `${name} (U+${code}) is in this line: ${right}`, column: found.index + 1 }
  }
  return null
}

function definedTwice(text: string, problem: ConfigProblem): ConfigProblem | null {
  const { line } = problem
  if (line === null || !/redefin|already|duplicate/i.test(problem.message)) return null
  const written = definitions(text)
  const again = written.find((each) => each.line === line)
  if (again === undefined) return null
  const earlier = written.filter((each) => each.line < line)
  // A table's own header is no rival of what stands in the table; a value with a longer path is the closer one.
  const around = earlier.filter((each) => !each.isHeader && startsWith(again.path, each.path))
  const first =
    earlier.find((each) => samePath(each.path, again.path)) ??
    around.toSorted((a, b) => b.path.length - a.path.length)[0] ??
    earlier.find((each) => startsWith(each.path, again.path))
  const message =
    first === undefined
      ? `a key is set twice within ${keyText(again.path)}`
      : `${keyText(again.path)} is set a second time: line ${String(first.line)} already has ${keyText(first.path)}`
  return { ...problem, message }
}

interface Definition {
  readonly path: KeyPath
  readonly line: number
  readonly isHeader: boolean
}

/** By lines, because the text does not parse: what looks like a header or a pair, outside strings of several lines. */
function definitions(text: string): readonly Definition[] {
  let table: KeyPath = []
  let fence: string | null = null
  return text.split('\n').flatMap((source, i): readonly Definition[] => {
    const wasInside = fence !== null
    fence = fenceAfter(source, fence)
    if (wasInside) return []
    const header = /^\s*\[\[?((?:[^"'\]]|"[^"]*"|'[^']*')+)\]/.exec(source)?.[1]
    if (header !== undefined) {
      table = keysOf(header)
      return [{ path: table, line: i + 1, isHeader: true }]
    }
    const key = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(source)?.[1]
    return key === undefined ? [] : [{ path: [...table, ...keysOf(key)], line: i + 1, isHeader: false }]
  })
}

/** The quotes of a string of several lines that is open behind this line. */
function fenceAfter(source: string, fence: string | null): string | null {
  let open = fence
  for (const [quotes] of source.matchAll(/"""|'''/g)) {
    if (open === null) open = quotes
    else if (open === quotes) open = null
  }
  return open
}

function keysOf(dotted: string): KeyPath {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
}

function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWith(a, b)
}
