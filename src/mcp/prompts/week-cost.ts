import type { Prompt } from './prompt.ts'

export const weekCost: Prompt = {
  name: 'what_did_this_week_cost',
  title: 'What did this week cost?',
  description: 'Estimated cost of the last seven days by day, model and project, and what was wasted.',
  text:
    'What did my Codex sessions of the last 7 days cost? Ask Colophon: costs by day, by model and by project, and findings. Tell me the total ' +
    '(an estimate at the prices of the API, not a bill), the dearest day, model and project, how many calls have no known price, and which ' +
    'findings cost most money and what would help.',
}
