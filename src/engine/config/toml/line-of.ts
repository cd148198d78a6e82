import type { KeyPath } from '../../../model/config/toml-value.ts'
import { decode, type ConfigFile } from '../config-file.ts'
import { readText } from './document.ts'
import { startsWith } from './inline.ts'

/** The line, from 1, where a key is written, or what it lies in; null where the file says nothing of it. Must parse. */
export function lineOf(file: ConfigFile, path: KeyPath): number | null {
  const decoded = decode(file.bytes)
  return 'text' in decoded ? lineIn(decoded.text, path) : null
}

/** The same for a text that parses. */
export function lineIn(text: string, path: KeyPath): number | null {
  const { statements } = readText(text)
  const around = statements.filter((each) => startsWith(path, each.path) || startsWith(each.path, path))
  const shared = (each: { readonly path: KeyPath }): number => Math.min(each.path.length, path.length)
  const closest = around.toSorted((a, b) => shared(b) - shared(a))[0]
  return closest === undefined ? null : text.slice(0, closest.span.start).split('\n').length
}
