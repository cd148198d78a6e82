import { computed, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { ConfigApplied, ConfigPlan, ConfigUndone } from '../../../contract/config.ts'
import type { Params } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'

export type ReviewRequest = { readonly title: string; readonly warning?: string } & (
  | { readonly write: Params<'config.plan'>; readonly undo?: never }
  | { readonly undo: Params<'config.undo'>; readonly write?: never }
)

export interface Review {
  readonly request: Readonly<ShallowRef<ReviewRequest | null>>
  readonly plan: Readonly<ShallowRef<ConfigPlan | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  /** Keys that an undo leaves, because somebody has changed them since. */
  readonly kept: Readonly<Ref<readonly string[]>>
  readonly changedMeanwhile: Readonly<Ref<boolean>>
  readonly busy: Readonly<Ref<boolean>>
  readonly start: (request: ReviewRequest) => Promise<void>
  /** What was written; null where nothing was. */
  readonly apply: () => Promise<ConfigApplied | null>
  readonly close: () => void
}

/**
 * The one way from the page to the file: what would change is planned and shown, then written. Where the file is another one
 * by then, nothing is written, and the plan is made and shown again.
 */
export function useReview(): Review {
  const bridge = useBridge()
  const request = shallowRef<ReviewRequest | null>(null)
  const answer = shallowRef<ConfigPlan | ConfigUndone | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const changedMeanwhile = ref(false)
  const busy = ref(false)
  const kept = computed(() => (answer.value !== null && 'kept' in answer.value ? answer.value.kept : []))

  async function plan({ write, undo }: ReviewRequest): Promise<void> {
    busy.value = true
    const result =
      undo === undefined
        ? await bridge.invoke('config.plan', write)
        : await bridge.invoke('config.undo', { ...undo, preview: true })
    busy.value = false
    answer.value = result.ok ? result.value : null
    failure.value = result.ok ? null : result.error
  }

  async function start(asked: ReviewRequest): Promise<void> {
    request.value = asked
    answer.value = null
    failure.value = null
    changedMeanwhile.value = false
    await plan(asked)
  }

  async function apply(): Promise<ConfigApplied | null> {
    const [asked, shown] = [request.value, answer.value]
    if (asked === null || shown === null || busy.value) return null
    busy.value = true
    const result =
      asked.undo === undefined
        ? await bridge.invoke('config.apply', { ...asked.write, fingerprint: shown.fingerprint })
        : await bridge.invoke('config.undo', asked.undo)
    busy.value = false
    if (result.ok) {
      close()
      return result.value
    }
    const refused = result.error
    await plan(asked)
    const now = answer.value
    changedMeanwhile.value = now !== null && now.fingerprint !== shown.fingerprint
    if (!changedMeanwhile.value) failure.value = refused
    return null
  }

  function close(): void {
    request.value = null
  }

  return { request, plan: answer, failure, kept, changedMeanwhile, busy, start, apply, close }
}
