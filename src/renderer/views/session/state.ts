import { defineStore } from 'pinia'
import { ref, shallowReactive, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { ShareKind } from '../../../model/ledger/share.ts'
import type { TimeRange } from '../../waterfall/scale.ts'

export const sessionTabs = ['waterfall', 'findings', 'conversation', 'turns', 'logs', 'spans', 'receipts'] as const
export type SessionTab = (typeof sessionTabs)[number]

/** A log record, as `record.get` asks for it. */
export interface LogRef {
  readonly sessionId: string
  readonly timeNs: string
  readonly event: string
}

export interface SessionViewState {
  /** The row whose details show. */
  readonly selected: Ref<string | null>
  /** The row that the keys act on. */
  readonly cursor: Ref<string | null>
  readonly folded: ShallowRef<ReadonlySet<string>>
  /** Rows that are unfolded to their raw spans. */
  readonly raw: ShallowRef<ReadonlySet<string>>
  /** null: the whole session. */
  readonly range: ShallowRef<TimeRange | null>
  readonly scrollTop: Ref<number>
  readonly tab: Ref<string>
  readonly view: Ref<SessionTab>
  /** The share of the ledger that is looked at. */
  readonly share: Ref<ShareKind | null>
  /** The finding that is looked at, by its id. */
  readonly finding: Ref<string | null>
  /** The log record whose details show in the list of logs. */
  readonly log: ShallowRef<LogRef | null>
}

/** How each session was left, so that nothing is lost by going to another view and back. */
export const useSessionViews = defineStore('session-views', () => {
  const views = shallowReactive(new Map<string, SessionViewState>())
  function of(id: string): SessionViewState {
    const known = views.get(id)
    if (known) return known
    const made: SessionViewState = {
      selected: ref(null),
      cursor: ref(null),
      folded: shallowRef(new Set()),
      raw: shallowRef(new Set()),
      range: shallowRef(null),
      scrollTop: ref(0),
      tab: ref('overview'),
      view: ref('waterfall'),
      share: ref(null),
      finding: ref(null),
      log: shallowRef(null),
    }
    views.set(id, made)
    return made
  }
  return { of }
})
