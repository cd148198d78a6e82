import { useDebounceFn, useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { ConfigDrafted, ConfigPlan, ConfigRead } from '../../../contract/config.ts'
import type { Params } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/result.ts'
import { otelKeys } from '../../../model/config/otel-keys.ts'
import { useBridge } from '../../bridge/index.ts'
import { useKeptDrafts } from './kept-drafts.ts'

export type FormChange = NonNullable<Params<'config.draft'>['changes']>[number]

/** As long as a person pauses between two keys. */
const pauseMs = 150

/**
 * The text of config.toml as it is being edited, by hand and by the form. Both sides read `drafted`, which the engine makes of
 * the text: it alone parses TOML, and its edits keep comments and formatting.
 */
export function useConfigDocument(home: MaybeRefOrGetter<string | undefined>) {
  const bridge = useBridge()
  const { drafts } = useKeptDrafts()
  /** The file as the edits began from it. */
  const base = shallowRef<ConfigRead | null>(null)
  /** The file as another program has left it since. */
  const newer = shallowRef<ConfigRead | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const text = ref('')
  const drafted = shallowRef<ConfigDrafted | null>(null)
  /** What the text said of `[otel]` when it last parsed: half a word in the editor does not empty the form. */
  const values = shallowRef<ConfigDrafted['values']>({})
  const plan = shallowRef<ConfigPlan | null>(null)
  const refusal = ref<string | null>(null)
  const dirty = computed(() => base.value !== null && text.value !== base.value.text)
  const place = (): { codexHome?: string } => {
    const codexHome = toValue(home)
    return codexHome === undefined ? {} : { codexHome }
  }
  let version = 0
  let waiting: FormChange[] = []
  let isDrafting = false

  function adopt(read: ConfigRead, shown: string): void {
    base.value = read
    newer.value = null
    setText(shown)
    void examine()
  }

  function setText(next: string): void {
    text.value = next
    version += 1
    refusal.value = null
  }

  /** Reads the file. Edits stay: where the file is another one than they began from, `newer` says so. */
  async function load(): Promise<void> {
    const asked = toValue(home)
    const result = await bridge.invoke('config.read', place())
    if (asked !== toValue(home)) return
    failure.value = result.ok ? null : result.error
    if (!result.ok) return
    const old = base.value
    if (!dirty.value || old === null) adopt(result.value, result.value.text)
    else if (result.value.fingerprint === old.fingerprint) base.value = { ...old, undoable: result.value.undoable }
    else if (result.value.text === text.value) adopt(result.value, text.value)
    else newer.value = result.value
  }

  async function examine(): Promise<void> {
    const mine = version
    const read = await bridge.invoke('config.draft', { text: text.value })
    if (mine !== version) return
    if (read.ok) await settle(read.value)
    else refusal.value = read.error.message
  }

  async function settle(read: ConfigDrafted): Promise<void> {
    const mine = version
    take(read)
    plan.value = null
    if (read.problems.length > 0 || !dirty.value) return
    const planned = await bridge.invoke('config.plan', { ...place(), text: text.value })
    if (mine !== version) return
    if (planned.ok) plan.value = planned.value
    else refusal.value = planned.error.message
    if (planned.ok && planned.value.fingerprint !== base.value?.fingerprint) await load()
  }

  function take(read: ConfigDrafted): void {
    drafted.value = read
    if (read.problems.length === 0) values.value = read.values
  }

  const examineSoon = useDebounceFn(examine, pauseMs)

  function edit(next: string): void {
    if (next === text.value) return
    setText(next)
    void examineSoon()
  }

  /** A change made in the form. One at a time, and made again where the text was edited meanwhile. */
  async function change(...changes: readonly FormChange[]): Promise<void> {
    const keys = changes.map(({ key }) => key)
    waiting = [...waiting.filter(({ key }) => !keys.includes(key)), ...changes]
    if (isDrafting) return
    isDrafting = true
    while (waiting.length > 0) {
      const [mine, asked] = [version, waiting]
      waiting = []
      const result = await bridge.invoke('config.draft', { text: text.value, changes: asked })
      if (mine !== version) waiting = [...asked.filter(({ key }) => !waiting.some((w) => w.key === key)), ...waiting]
      else if (!result.ok) refusal.value = result.error.message
      else {
        setText(result.value.text)
        take(result.value)
        if (waiting.length === 0) await settle(result.value)
      }
    }
    isDrafting = false
  }

  function discard(): void {
    const read = newer.value ?? base.value
    if (read) adopt(read, read.text)
  }

  /** Their text, with what the edits say of `[otel]` made in it again. */
  async function takeNewer(): Promise<void> {
    const [theirs, old, mine] = [newer.value, base.value, values.value]
    if (!theirs || !old) return
    const changed = otelKeys.filter((key) => JSON.stringify(old.values[key]) !== JSON.stringify(mine[key]))
    adopt(theirs, theirs.text)
    await change(...changed.map((key) => ({ key, value: mine[key] ?? null })))
  }

  function keepMine(): void {
    if (newer.value) adopt(newer.value, text.value)
  }

  function keep(key: string | undefined): void {
    if (dirty.value && base.value) drafts.set(key ?? '', { base: base.value, text: text.value })
    else drafts.delete(key ?? '')
  }

  function begin(): void {
    version += 1
    const kept = drafts.get(toValue(home) ?? '')
    base.value = null
    drafted.value = null
    values.value = {}
    plan.value = null
    if (kept) adopt(kept.base, kept.text)
    void load()
  }

  watch(
    () => toValue(home),
    (_, before) => {
      keep(before)
      begin()
    },
  )
  begin()
  useEventListener(window, 'focus', () => void load())
  onScopeDispose(() => keep(toValue(home)))

  return {
    ...{ base, newer, failure, text, drafted, values, plan, refusal, dirty },
    ...{ load, edit, change, discard, takeNewer, keepMine },
  }
}

export type ConfigDocument = ReturnType<typeof useConfigDocument>
