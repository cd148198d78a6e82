import protobuf from 'protobufjs'

/** AnyValue inside AnyValue, at most: deeper ones are refused or cut, so that no body can exhaust the stack. */
export const deepestNesting = 256

/** What a field holds. `id` is bytes that OTLP/JSON writes as hex: trace and span ids (OTLP specification, "JSON Protobuf Encoding"). */
export type Kind =
  | 'message'
  | 'string'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'enum'
  | 'double'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'

export interface FieldShape {
  /** As in OTLP/JSON. */
  readonly name: string
  /** As in the .proto file; JSON may use it too. */
  readonly protoName: string
  readonly number: number
  /** Field number and wire type of one value, as they stand on the wire. */
  readonly tag: number
  readonly kind: Kind
  readonly repeated: boolean
  readonly packed: boolean
  /** Absent and default differ: members of a oneof, `optional` fields, messages. */
  readonly presence: boolean
  /** The other members of its oneof. */
  readonly rivals: readonly string[]
  /** Length in bytes of an id, else 0. */
  readonly idBytes: number
  readonly enumValues: Readonly<Record<string, number>>
  /** Of the kind `message`. */
  readonly message: Shape | null
}

/** A message type as the readers and writers of this folder use it: flat, resolved, in field number order. */
export interface Shape {
  readonly name: string
  readonly fields: readonly FieldShape[]
  readonly byNumber: readonly (FieldShape | undefined)[]
}

const wireTypes: Record<Kind, number> = {
  message: 2,
  string: 2,
  bytes: 2,
  id: 2,
  bool: 0,
  enum: 0,
  uint32: 0,
  sint32: 0,
  int64: 0,
  uint64: 0,
  double: 1,
  fixed64: 1,
  sfixed64: 1,
  fixed32: 5,
}

const idLengths: Readonly<Record<string, number>> = { traceId: 16, spanId: 8, parentSpanId: 8 }

const shapes = new Map<protobuf.Type, Shape>()

export function shapeOf(type: protobuf.Type): Shape {
  const known = shapes.get(type)
  if (known) return known
  const fields: FieldShape[] = []
  const byNumber: (FieldShape | undefined)[] = []
  const shape: Shape = { name: type.name, fields, byNumber }
  // Known before its fields are: AnyValue holds itself.
  shapes.set(type, shape)
  for (const field of type.fieldsArray.toSorted((a, b) => a.id - b.id)) {
    const fieldShape = shapeOfField(field)
    fields.push(fieldShape)
    byNumber[field.id] = fieldShape
  }
  return shape
}

function shapeOfField(field: protobuf.Field): FieldShape {
  field.resolve()
  const { resolvedType } = field
  const message = resolvedType instanceof protobuf.Type ? shapeOf(resolvedType) : null
  const idBytes = field.type === 'bytes' ? (idLengths[field.name] ?? 0) : 0
  const kind = kindOf(field, idBytes)
  return {
    name: field.name,
    protoName: field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    number: field.id,
    tag: (field.id << 3) | wireTypes[kind],
    kind,
    repeated: field.repeated,
    packed: field.repeated && field.packed && wireTypes[kind] !== 2,
    presence: message !== null || field.partOf !== null,
    rivals: field.partOf ? field.partOf.oneof.filter((name) => name !== field.name) : [],
    idBytes,
    enumValues: resolvedType instanceof protobuf.Enum ? resolvedType.values : {},
    message,
  }
}

function kindOf(field: protobuf.Field, idBytes: number): Kind {
  if (field.resolvedType instanceof protobuf.Type) return 'message'
  if (field.resolvedType instanceof protobuf.Enum) return 'enum'
  if (idBytes > 0) return 'id'
  if (isKind(field.type)) return field.type
  throw new Error(`${field.fullName}: no reader for the type ${field.type}`)
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(wireTypes, name)
}
