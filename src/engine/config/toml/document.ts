import { parseDocument } from '@decimalturn/toml-patch'
import type { KeyPath } from '../../../model/config/toml-value.ts'

/** From a character to the one behind the last, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Pair {
  readonly kind: 'pair'
  /** From the document's root, or within its inline table. */
  readonly path: KeyPath
  /** As it is written before the `=`. */
  readonly key: KeyPath
  readonly span: Span
  readonly value: Span
  /** The pairs of an inline table; null for any other value. */
  readonly inline: readonly Pair[] | null
}

export interface Header {
  readonly kind: 'header'
  readonly path: KeyPath
  readonly isArray: boolean
  readonly span: Span
}

/** Where everything of a document stands, in its order. */
export interface TomlText {
  readonly statements: readonly (Header | Pair)[]
  readonly comments: readonly Span[]
}

/** What is used of the parser's tree: its own types are not exported one by one. */
interface Node {
  readonly type: string
  readonly loc: { readonly start: Position; readonly end: Position }
}
interface Position {
  readonly line: number
  readonly column: number
}
interface KeyNode extends Node {
  readonly value: readonly string[]
}
interface PairNode extends Node {
  readonly key: KeyNode
  readonly value: Node
}

/** The text must parse, and begin without a byte order mark. */
export function readText(text: string): TomlText {
  const offsetOf = offsets(text)
  const spanOf = ({ loc }: Node): Span => ({ start: offsetOf(loc.start), end: offsetOf(loc.end) })
  const statements: (Header | Pair)[] = []
  const comments: Span[] = []

  function pairOf(node: PairNode, table: KeyPath): Pair {
    const key = node.key.value
    const inline = node.value.type === 'InlineTable' ? itemsOf(node.value).map((item) => pairIn(item)) : null
    return { kind: 'pair', path: [...table, ...key], key, span: spanOf(node), value: spanOf(node.value), inline }
  }
  function pairIn(item: Node): Pair {
    return pairOf((item as Node & { readonly item: PairNode }).item, [])
  }
  function visit(node: Node, table: KeyPath): void {
    switch (node.type) {
      case 'Comment':
        comments.push(spanOf(node))
        return
      case 'KeyValue':
        statements.push(pairOf(node as PairNode, table))
        return
      case 'Table':
      case 'TableArray': {
        const { key } = node as Node & { readonly key: Node & { readonly item: KeyNode } }
        const path = key.item.value
        statements.push({ kind: 'header', path, isArray: node.type === 'TableArray', span: spanOf(key) })
        for (const item of itemsOf(node)) visit(item, path)
        return
      }
      default:
        throw new Error(`the parser gave an unexpected ${node.type}`)
    }
  }
  for (const block of parseDocument(text).cst as readonly Node[]) visit(block, [])
  const byStart = (a: { span: Span }, b: { span: Span }): number => a.span.start - b.span.start
  return { statements: statements.sort(byStart), comments: comments.sort((a, b) => a.start - b.start) }
}

function itemsOf(node: Node): readonly Node[] {
  return (node as Node & { readonly items: readonly Node[] }).items
}

/** The parser counts lines from 1 and columns from 0. */
function offsets(text: string): (position: Position) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column
}
