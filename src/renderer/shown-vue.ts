import { toDisplayString as textOf } from 'vue'
import { visibleLines } from '../model/visible.ts'

/** What compiled templates import instead of `vue` (electron.vite.config.ts). */
export * from 'vue'

/** Every text that a template shows may be of others: control characters and direction marks in it are seen, and without effect. */
export function toDisplayString(value: unknown): string {
  return visibleLines(textOf(value))
}
