import type { ContentRedaction } from '../../genai/content-words.ts'
import type { Quoted } from './item.ts'

/** How much of a file's words goes into an item. */
export interface Quoting {
  /** Of each text, in UTF-16 units. */
  readonly longest: number
  /** Images whose data URL is longer are told of, and fetched alone. */
  readonly longestImage: number
  /** What the privacy switches leave out. */
  readonly leavesOut: ReadonlySet<ContentRedaction>
  /** Takes out of a text what shall not be shown. */
  readonly edit: (text: string) => string
}

export function quote(quoting: Quoting, part: string, family: ContentRedaction, text: string): Quoted {
  if (quoting.leavesOut.has(family)) return { part, text: '', length: text.length, leftOut: true }
  const edited = quoting.edit(text)
  return { part, text: beginningOf(edited, quoting.longest), length: edited.length }
}

/** Up to a line's end where one is near, and never half of a character. */
function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text
  const beginning = text.slice(0, longest)
  const lineEnd = beginning.lastIndexOf('\n')
  if (lineEnd > longest * 0.8) return beginning.slice(0, lineEnd)
  return /[\ud800-\udbff]$/.test(beginning) ? beginning.slice(0, -1) : beginning
}
