import type { Json } from './record-json.ts'
import { replaceSecrets } from './secrets.ts'

/** Secrets of one kind in one attribute of a record, or in what stands beside its attributes; never what they are. */
export interface SecretPlace {
  /** Name of the pattern that fits. */
  readonly kind: string
  /** Key of the attribute, else the member's name: `body`. */
  readonly field: string
  readonly count: number
}

/** Where a record in OTLP/JSON form holds what looks like a secret. */
export function secretPlaces(record: Json): SecretPlace[] {
  const places = new Map<string, SecretPlace>()

  function walk(value: Json, field: string): void {
    if (typeof value === 'string') note(value, field)
    else if (Array.isArray(value)) for (const item of value) walk(item, field)
    else if (typeof value === 'object' && value !== null)
      if (typeof value['key'] === 'string' && 'value' in value) walk(value['value'] ?? null, value['key'])
      else for (const [name, member] of Object.entries(value)) walk(member, memberNames.has(name) ? name : field)
  }

  function note(text: string, field: string): void {
    replaceSecrets(text, (_secret, _at, kind) => {
      const key = JSON.stringify([kind, field])
      places.set(key, { kind, field, count: (places.get(key)?.count ?? 0) + 1 })
    })
  }
  walk(record, '')
  return [...places.values()]
}

/** Of a record, what is not an attribute and may be somebody's words. */
const memberNames: ReadonlySet<string> = new Set(['body', 'name', 'eventName', 'status', 'traceState'])
