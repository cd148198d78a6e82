import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { FindingsResult, SessionFinding } from '../../../../contract/findings.ts'

/** What findings say of rows, for every view below. */
export interface FindingMarks {
  /** The titles of the findings that name a row; those that are no problem name none. */
  readonly titles: ReadonlyMap<string, readonly string[]>
  /** The one that is looked at: only its rows show. */
  readonly chosen: SessionFinding | null
  readonly chosenRows: ReadonlySet<string> | null
  /** How full the context window was; null where nothing tells. */
  readonly context: FindingsResult['context']
}

const findingMarksKey: InjectionKey<ComputedRef<FindingMarks>> = Symbol('finding marks')
const none: FindingMarks = { titles: new Map(), chosen: null, chosenRows: null, context: null }

export function findingMarks(result: FindingsResult | null, chosenId: string | null): FindingMarks {
  const titles = new Map<string, string[]>()
  for (const { rowIds, title, dismissed } of result?.findings ?? [])
    for (const rowId of dismissed ? [] : rowIds) {
      const known = titles.get(rowId)
      if (known) known.push(title)
      else titles.set(rowId, [title])
    }
  const chosen = result?.findings.find(({ id }) => id === chosenId) ?? null
  return { titles, chosen, chosenRows: chosen && new Set(chosen.rowIds), context: result?.context ?? null }
}

export function provideFindingMarks(
  result: Readonly<Ref<FindingsResult | null>>,
  chosenId: Readonly<Ref<string | null>>,
): ComputedRef<FindingMarks> {
  const marks = computed(() => findingMarks(result.value, chosenId.value))
  provide(findingMarksKey, marks)
  return marks
}

/** Without any where there is no session around. */
export function useFindingMarks(): Readonly<Ref<FindingMarks>> {
  return inject(findingMarksKey, () => computed(() => none), true)
}
