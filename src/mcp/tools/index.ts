import type { Tool } from '../tool.ts'
import { explainSession } from './explain-session.ts'
import { listSessions } from './list-sessions.ts'

/** Every tool, the one to call first first. */
export const tools: readonly Tool[] = [explainSession, listSessions]
