/** What a value holds: a prompt with its system's words, an answer, what a tool was asked, what it gave. */
export type ContentKind = 'prompt' | 'answer' | 'arguments' | 'result'

/**
 * A family of attributes that hold content. `*` in the key stands for any characters: indexes, names of parts. The kinds are all that
 * a value may hold: the messages of a request repeat what tools were asked and gave.
 */
export interface ContentFamily {
  readonly key: string
  readonly kinds: readonly ContentKind[]
}

export const request: readonly ContentKind[] = ['prompt', 'arguments', 'result']
export const answer: readonly ContentKind[] = ['answer', 'arguments']
export const everything: readonly ContentKind[] = ['prompt', 'answer', 'arguments', 'result']

export function family(kinds: readonly ContentKind[], ...keys: readonly string[]): readonly ContentFamily[] {
  return keys.map((key) => ({ key, kinds }))
}
