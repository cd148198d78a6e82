import type protobuf from 'protobufjs'
import { shapeOf, type FieldShape, type Shape } from './shape.ts'

/** A length-delimited field that a limit may concern. */
export interface PlanField {
  /** An attribute, counted in its record. The pairs of a map inside a value are not. */
  readonly counted: boolean
  /** An array or a map: one level of nesting. */
  readonly container: boolean
  /** Text must be cut between characters, other bytes anywhere. */
  readonly text: boolean
  /** Of a message, null for text and bytes. */
  readonly plan: Plan | null
}

/** What to look at in a message type, by field number. */
export interface Plan {
  readonly byNumber: (PlanField | undefined)[]
  /** Tag of the field that counts dropped attributes, 0 where there is none (data points, exemplars, metrics). */
  readonly droppedTag: number
}

const plans = new Map<Shape, Plan>()

export function planOf(type: protobuf.Type): Plan {
  return planOfShape(shapeOf(type))
}

function planOfShape(shape: Shape): Plan {
  const known = plans.get(shape)
  if (known) return known
  const byNumber: (PlanField | undefined)[] = []
  const droppedTag = shape.fields.find((field) => field.name === 'droppedAttributesCount')?.tag ?? 0
  const plan: Plan = { byNumber, droppedTag }
  // Known before its fields are: AnyValue holds itself.
  plans.set(shape, plan)
  for (const field of shape.fields) byNumber[field.number] = planOfField(shape, field)
  return plan
}

function planOfField(shape: Shape, field: FieldShape): PlanField | undefined {
  const { kind, message } = field
  if (!message && kind !== 'string' && kind !== 'bytes') return undefined
  return {
    counted: message?.name === 'KeyValue' && shape.name !== 'KeyValueList',
    container: shape.name === 'AnyValue' && message !== null,
    text: kind === 'string',
    plan: message && planOfShape(message),
  }
}
