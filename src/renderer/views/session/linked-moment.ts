import { watch, type Ref } from 'vue'
import type { LocationQuery } from 'vue-router'
import { rowKind, type TreeRow } from '../../../model/tree/row.ts'
import { rowAtMoment, rowNear } from './moment.ts'

/** A link that names a moment (`at`, ms, and the `kind` of row that it is about) means what was under way then. */
export function showLinkedMoment(
  { at, kind }: LocationQuery,
  sessionId: string,
  rows: Readonly<Ref<readonly TreeRow[]>>,
  show: (rowId: string) => void,
): void {
  if (typeof at !== 'string') return
  const stop = watch(rows, (now) => {
    if (now.length === 0) return
    stop()
    const known = rowKind.safeParse(kind)
    const row = known.success ? rowNear(now, sessionId, Number(at), known.data) : null
    const found = row ?? rowAtMoment(now, sessionId, Number(at))
    if (found) show(found.id)
  })
}
