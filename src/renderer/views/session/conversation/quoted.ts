import { computed, inject, provide, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Quoted } from '../../../../model/codex/conversation/item.ts'
import { useBridge } from '../../../bridge/index.ts'

interface Place {
  readonly sessionId: string
  /** Paths below it are shown from there. */
  readonly folder: () => string | null
}

const placeKey: InjectionKey<Place> = Symbol('transcript')

export function provideTranscript(place: Place): void {
  provide(placeKey, place)
}

export function useTranscriptPlace(): Place {
  const place = inject(placeKey)
  if (!place) throw new Error('An entry of a transcript is drawn outside of one.')
  return place
}

export interface WholeText {
  readonly text: ComputedRef<string>
  readonly isCut: ComputedRef<boolean>
  readonly busy: Readonly<Ref<boolean>>
  /** null where Codex's file holds it no longer. */
  readonly readAll: () => Promise<string | null>
}

/** A text of an entry: its beginning, and the whole of it when somebody asks. */
export function useWholeText(key: () => string, quoted: () => Quoted): WholeText {
  const bridge = useBridge()
  const { sessionId } = useTranscriptPlace()
  const whole = shallowRef<{ readonly key: string; readonly text: string } | null>(null)
  const busy = ref(false)
  const own = computed(() => (whole.value?.key === key() ? whole.value.text : null))
  const isCut = computed(() => own.value === null && quoted().text.length < quoted().length && !quoted().leftOut)
  return {
    text: computed(() => own.value ?? quoted().text),
    isCut,
    busy,
    async readAll() {
      if (!isCut.value) return own.value ?? quoted().text
      busy.value = true
      const of = key()
      const result = await bridge.invoke('conversation.text', { id: sessionId, key: of, part: quoted().part })
      busy.value = false
      const text = result.ok ? result.value.text : null
      if (text !== null) whole.value = { key: of, text }
      return text
    },
  }
}

/** A path as people say it: from the session's folder on. */
export function shownPath(path: string, folder: string | null): string {
  return folder !== null && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
