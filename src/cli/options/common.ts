import { defaultDataDir } from '../../engine/api/data-dir.ts'
import { folder } from '../option.ts'

export const dataDir = folder('data', `folder of the database (${defaultDataDir()})`, defaultDataDir())
