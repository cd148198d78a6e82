import { computed, ref, shallowRef } from 'vue'
import type { SessionFinding } from '../../../../contract/findings.ts'
import type { FixList, FixPlan } from '../../../../contract/fixes.ts'
import type { ConfigUndone } from '../../../../contract/config.ts'
import type { Params } from '../../../../contract/index.ts'
import type { Failure } from '../../../../contract/result.ts'
import { useBridge } from '../../../bridge/index.ts'

export type Fixed = FixList['fixes'][number]

/** A finding to be fixed, or a fix to be taken back: first as a difference, then written. */
export type FixRequest =
  { readonly finding: SessionFinding; readonly undo?: never } | { readonly undo: Fixed; readonly finding?: never }

type FixReview = ReturnType<typeof useFix>
export type { FixReview }

/** `done` is told what was written. */
export function useFix(done: () => void) {
  const bridge = useBridge()
  const request = shallowRef<FixRequest | null>(null)
  const answer = shallowRef<FixPlan | ConfigUndone | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  /** Codex's folder that the user names; undefined is Codex's own. */
  const home = ref<string>()
  /** What Codex said, and what else a rule lets through; null for anything else. */
  const check = computed(() => (answer.value !== null && 'check' in answer.value ? answer.value.check : null))
  const letsThrough = computed(() =>
    answer.value !== null && 'letsThrough' in answer.value ? answer.value.letsThrough : [],
  )
  const kept = computed(() => (answer.value !== null && 'kept' in answer.value ? answer.value.kept : []))

  function paramsOf({ kind, subject, fix }: SessionFinding): Params<'fix.plan'> | null {
    return fix === null ? null : { kind, subject, fix, ...(home.value === undefined ? {} : { codexHome: home.value }) }
  }

  async function start(asked: FixRequest): Promise<void> {
    request.value = asked
    answer.value = null
    failure.value = null
    busy.value = true
    const params = asked.finding === undefined ? null : paramsOf(asked.finding)
    const result =
      asked.undo !== undefined
        ? await bridge.invoke('fix.undo', { id: asked.undo.id, preview: true })
        : params === null
          ? null
          : await bridge.invoke('fix.plan', params)
    // Another one may have been opened while Codex was asked.
    if (request.value !== asked) return
    busy.value = false
    if (result?.ok === true) answer.value = result.value
    else failure.value = result?.error ?? null
  }

  function chooseHome(chosen: string | undefined): void {
    home.value = chosen
    if (request.value !== null) void start({ ...request.value })
  }

  async function apply(): Promise<void> {
    const [asked, shown] = [request.value, answer.value]
    if (asked === null || shown === null || busy.value) return
    busy.value = true
    const params = asked.finding === undefined ? null : paramsOf(asked.finding)
    const result =
      asked.undo !== undefined
        ? await bridge.invoke('fix.undo', { id: asked.undo.id })
        : params && (await bridge.invoke('fix.apply', { ...params, fingerprint: shown.fingerprint }))
    busy.value = false
    if (result?.ok === true) {
      close()
      done()
    } else failure.value = result?.error ?? null
  }

  function close(): void {
    request.value = null
    busy.value = false
  }

  return { request, plan: answer, failure, busy, check, letsThrough, kept, home, start, chooseHome, apply, close }
}
