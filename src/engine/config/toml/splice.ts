import type { Span, TomlText } from './document.ts'

/** A part of the text to replace; `start === end` inserts. */
export interface Splice extends Span {
  readonly text: string
}

/** Splices must not overlap. */
export function splice(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((a, b) => b.start - a.start)
    .reduce((whole, { start, end, text: part }) => whole.slice(0, start) + part + whole.slice(end), text)
}

/** The line ending of the first line. */
export function newlineOf(text: string): '\r\n' | '\n' {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** Behind the line's newline, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline + 1
}

export function indentationAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? ''
}

/** Comments within a part that is to go, as lines of their own: none is ever lost. */
export function keptComments(text: string, { comments }: TomlText, within: Span): string {
  const indentation = indentationAt(text, within.start)
  return comments
    .filter(({ start, end }) => start >= within.start && end <= within.end)
    .map(({ start, end }) => `${indentation}${text.slice(start, end).trimEnd()}${newlineOf(text)}`)
    .join('')
}

export function insertLineAt(text: string, at: number, line: string): string {
  const newline = newlineOf(text)
  const before = text.slice(0, at)
  const gap = before === '' || before.endsWith('\n') ? '' : newline
  return `${before}${gap}${line}${newline}${text.slice(at)}`
}
