/** What an export can be asked for, without the schemas: a command line that starts for every prompt reads its options first. */
export { redactionKinds, type RedactionKind } from '../model/exchange/redaction-kinds.ts'

export const exportFormats = ['json', 'otlp', 'perfetto', 'markdown'] as const
