import { noAttributes, type Attributes, type AttributeValue } from '../attributes.ts'

/** Deeper than any names of producers have words. */
const deepest = 6
/** More than a span's own attributes can be. */
const mostNames = 2000

/**
 * With what maps hold under its whole name: `gen_ai.usage` with `input_tokens` in it says `gen_ai.usage.input_tokens`. What a name says
 * by itself counts before.
 */
export function flattened(attributes: Attributes): Attributes {
  if (!Object.values(attributes).some(isMap)) return attributes
  const flat = Object.assign(noAttributes(), attributes)
  let left = mostNames
  const add = (map: Attributes, name: string, depth: number): void => {
    for (const [key, value] of Object.entries(map)) {
      if (left-- <= 0) return
      const whole = `${name}.${key}`
      flat[whole] ??= value
      if (isMap(value) && depth < deepest) add(value, whole, depth + 1)
    }
  }
  for (const [name, value] of Object.entries(attributes)) if (isMap(value)) add(value, name, 1)
  return flat
}

function isMap(value: AttributeValue): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
