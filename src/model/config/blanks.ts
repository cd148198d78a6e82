import type { JsonValue } from './json-value.ts'

/** `<region>` in an endpoint or a header: something that a person has to fill in. */
const blank = /<([^<>]+)>/g

/** The blanks of a value's texts, each once, in their order. */
export function blanksOf(value: unknown): readonly string[] {
  const found = new Set<string>()
  visit(value, (text) => {
    for (const [, name] of text.matchAll(blank)) if (name !== undefined) found.add(name)
  })
  return [...found]
}

/** Whether what goes into a blank is better not shown. */
export function isSecretBlank(name: string): boolean {
  return /key|token|secret|password/i.test(name)
}

/** The value with one blank filled in wherever it stands. */
export function fillBlank(value: unknown, name: string, text: string): JsonValue {
  if (typeof value === 'string') return value.replaceAll(`<${name}>`, () => text)
  if (Array.isArray(value)) return value.map((each: unknown) => fillBlank(each, name, text))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillBlank(each, name, text)]))
  return value as JsonValue
}

function visit(value: unknown, see: (text: string) => void): void {
  if (typeof value === 'string') see(value)
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) visit(each, see)
}
