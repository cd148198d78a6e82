/** OTLP's severity numbers from which a level reaches up (opentelemetry-proto, SeverityNumber). */
export const levels = [
  { min: 5, name: 'Debug and worse' },
  { min: 9, name: 'Info and worse' },
  { min: 13, name: 'Warnings and worse' },
  { min: 17, name: 'Errors and worse' },
] as const

export function levelOf(word: string): number {
  return levels.find(({ min }) => String(min) === word)?.min ?? 0
}

export const isSevere = (severity: string): boolean => /^(?:ERROR|FATAL|WARN)/.test(severity)
