import type { ImportProgress } from '../../contract/exchange.ts'

export const idleImport: ImportProgress = {
  ...{ running: false, file: '', filesDone: 0, files: 0, phase: 'idle', bytesDone: 0, bytes: 0 },
}
