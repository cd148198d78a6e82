import { defaultDataDir } from '../../engine/api/data-dir.ts'
import { folder, onOff } from '../option.ts'

export const dataDir = folder('data', `folder of the database (${defaultDataDir()})`, defaultDataDir())
/** `docs/colophon.commands.schema.json` says what is in it. */
export const json = onOff('json', 'print one JSON object on one line')
