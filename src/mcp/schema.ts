import { z } from 'zod'

/** JSON Schema of an object, as the protocol wants it for params (`input`) and results. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): { type: 'object'; [key: string]: unknown } {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return { ...rest, type: 'object' }
}
