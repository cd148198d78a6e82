import type { Prompt } from './prompt.ts'

export const slowSession: Prompt = {
  name: 'why_was_my_last_session_slow',
  title: 'Why was my last session slow?',
  description: 'What the time of the last finished session went to, and what would help.',
  text:
    'Why was my last Codex session slow? Ask Colophon: list_sessions, and take the newest session that is not live (the one that we are in is). ' +
    'Call explain_session for it. Tell me its verdict in one sentence, then the three findings that lost most time, each with its figure and ' +
    'what would help. Where a finding says "at most", say so. Do not guess at causes that Colophon does not name.',
}
