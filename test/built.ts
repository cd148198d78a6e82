import { resolve } from 'node:path'

/** A file or folder of the build. Tests start what people start; from the sources every process and thread would compile them anew. */
export const built = (path: string): string => resolve(import.meta.dirname, '../out', path)
