import { defineStore } from 'pinia'
import { ref, shallowReactive, shallowRef, type Ref, type ShallowRef } from 'vue'

/** What of a transcript is asked for from elsewhere: an entry by its key, else a call, else what was said in a turn from a moment on. */
export interface SoughtEntry {
  readonly key: string | null
  readonly callId: string | null
  readonly turnId: string | null
  readonly timeMs: number | null
}

export interface ConversationState {
  /** Entries that were folded or unfolded by hand, by their keys. */
  readonly open: ShallowRef<ReadonlyMap<string, boolean>>
  /** The entry that the keys act on; null before one was. */
  readonly active: Ref<number | null>
  readonly sought: ShallowRef<SoughtEntry | null>
  readonly words: Ref<string>
}

/** How each transcript was left, so that nothing is lost by going to another tab and back. */
export const useConversationStates = defineStore('conversation-states', () => {
  const states = shallowReactive(new Map<string, ConversationState>())
  function of(id: string): ConversationState {
    const known = states.get(id)
    if (known) return known
    const made: ConversationState = {
      open: shallowRef(new Map()),
      active: ref(null),
      sought: shallowRef(null),
      words: ref(''),
    }
    states.set(id, made)
    return made
  }
  return { of }
})
