import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { LedgerResult } from '../../../contract/ledger.ts'
import type { ShareKind } from '../../../model/ledger/share.ts'

/** The share of the session's time that somebody looks at: rows whose own time is in it, and when that was. */
export interface ShareFilter {
  readonly kind: ShareKind
  readonly ms: number | null
  readonly rowIds: ReadonlySet<string>
  readonly intervals: readonly { readonly startMs: number; readonly durationMs: number }[]
}

const shareFilterKey: InjectionKey<ComputedRef<ShareFilter | null>> = Symbol('share filter')

export function shareFilterOf(ledger: LedgerResult | null, kind: ShareKind | null): ShareFilter | null {
  const share = ledger?.shares.find((other) => other.kind === kind)
  if (!ledger || !share) return null
  return {
    kind: share.kind,
    ms: share.ms,
    rowIds: new Set(share.rowIds),
    intervals: ledger.intervals.filter((interval) => interval.kind === kind),
  }
}

/** For every view below: the waterfall, the turns. */
export function provideShareFilter(
  ledger: Readonly<Ref<LedgerResult | null>>,
  kind: Readonly<Ref<ShareKind | null>>,
): ComputedRef<ShareFilter | null> {
  const filter = computed(() => shareFilterOf(ledger.value, kind.value))
  provide(shareFilterKey, filter)
  return filter
}

/** null while no share is chosen, and where there is no session around. */
export function useShareFilter(): Readonly<Ref<ShareFilter | null>> {
  return inject(shareFilterKey, () => computed(() => null), true)
}
