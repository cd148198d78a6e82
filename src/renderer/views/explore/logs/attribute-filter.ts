export interface AttributeFilter {
  readonly key: string
  readonly value: string
}

/** `key=value`; keys hold no equals sign, values may. null where there is no key. */
export function parseAttribute(text: string): AttributeFilter | null {
  const at = text.indexOf('=')
  const key = text.slice(0, at).trim()
  return at < 0 || key === '' ? null : { key, value: text.slice(at + 1).trim() }
}

export function attributesOf(words: readonly string[]): AttributeFilter[] {
  return words.flatMap((word) => parseAttribute(word) ?? []).slice(0, 20)
}
