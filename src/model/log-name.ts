/** `event otel/src/events/session_telemetry.rs:703`: where in its sources a program wrote the record. */
const sourceLine = /^event .+:\d+$/

/** Of a record that is named by its first words. */
const longest = 120

/**
 * The name of a log record. It may stand in the record's own field, in the attribute `event.name` or in its body, and a source line may
 * stand in any of them in its place. An event of Codex's is preferred to other words, and a name to a body, which may be a sentence or
 * hold content; a source line names a record that has no other name.
 */
export function logName(attribute: unknown, field: string, body: string): string {
  const words = [field, typeof attribute === 'string' ? attribute : '', body.slice(0, longest)].filter(
    (name) => name !== '',
  )
  const names = words.filter((name) => !sourceLine.test(name))
  return names.find((name) => isEvent(name)) ?? names[0] ?? words[0] ?? ''
}

function isEvent(name: string): boolean {
  return /^codex\.\S+$/.test(name)
}
