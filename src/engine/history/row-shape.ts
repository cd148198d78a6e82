import { rolloutStatements, type RolloutKind } from './rollout-statements.ts'

/** Which kinds of facts have told of a row so far, in which order; rows of one shape are written by one statement. */
export interface RowShape {
  /** The kinds, one behind the other. */
  readonly name: string
  /** Adds what another fact tells to the values of a row of this shape: the last of a kind counts, and the key stands once. */
  readonly add: (row: unknown[], kind: RolloutKind, values: readonly unknown[]) => RowShape
}

const firsts = new Map<RolloutKind, RowShape>()

export function firstShape(kind: RolloutKind): RowShape {
  return kept(firsts, kind, () => shapeOf(kind, new Map([[kind, 0]]), rolloutStatements[kind].names.length))
}

/** `starts`: where the values of each kind begin behind the key. */
function shapeOf(name: string, starts: ReadonlyMap<RolloutKind, number>, length: number): RowShape {
  const wider = new Map<RolloutKind, RowShape>()
  return {
    name,
    add(row, kind, values) {
      const keyLength = rolloutStatements[kind].key?.length ?? 0
      const start = starts.get(kind)
      for (let i = keyLength; i < values.length; i++) row[(start ?? length - keyLength) + i] = values[i]
      if (start !== undefined) return this
      return kept(wider, kind, () =>
        shapeOf(
          `${name} ${kind}`,
          new Map([...starts, [kind, length - keyLength]]),
          length + values.length - keyLength,
        ),
      )
    },
  }
}

function kept(shapes: Map<RolloutKind, RowShape>, kind: RolloutKind, make: () => RowShape): RowShape {
  const known = shapes.get(kind)
  if (known !== undefined) return known
  const made = make()
  shapes.set(kind, made)
  return made
}
