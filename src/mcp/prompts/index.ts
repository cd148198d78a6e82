import type { Prompt } from './prompt.ts'
import { slowSession } from './slow-session.ts'
import { weekCost } from './week-cost.ts'

export const prompts: readonly Prompt[] = [slowSession, weekCost]
