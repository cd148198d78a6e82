const dots = '••••'

/** What is shown of a header's value: its last two characters, and of a short one nothing. */
export function maskValue(value: string): string {
  return value.length > 12 ? dots + value.slice(-2) : dots
}

/** Shorter than this, a part of a value says nothing, and a text would be full of it. */
const shortest = 4

/** A text from elsewhere without the secrets that it may repeat: an endpoint may quote the key that it refuses. */
export function scrub(text: string, secrets: readonly string[]): string {
  const parts = secrets.flatMap((secret) => [secret, ...secret.split(/[\s,;=]+/)])
  const longestFirst = parts.filter((part) => part.length >= shortest).sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, part) => rest.replaceAll(part, dots), text)
}
