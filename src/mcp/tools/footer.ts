import { z } from 'zod'
import { footerItems } from '../footer/footer-tree.ts'
import { sessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

/** Codex's TUI finds the provider of its footer by this tool's entrypoint, and offers it under the tool's title. */
export const footerUri = 'ui://colophon/footer'

export const footer = tool({
  name: 'footer',
  title: 'Colophon',
  description:
    'One line about a session, as Codex can show it in its footer: its cost so far and that of the day against its budget, the share of ' +
    'waiting for the user, the share of cached input, and the biggest finding. explain_session tells much more.',
  params: { session: sessionParam },
  result: { line: z.string() },
  meta: { 'openai/ui': { entrypoints: [{ type: 'statusline', resourceUri: footerUri }] } },
  answer: ({ session }, { find, footer: reader, content, nowMs }) => {
    const figures = reader.figures(find(session), nowMs)
    const told =
      figures === null
        ? ('missing' as const)
        : { ...figures, finding: figures.finding === null ? null : content.anySentence(figures.finding) }
    const line = footerItems(told, null).map(({ text }) => text)
    return Promise.resolve({ value: { line: line.join(' · ') } })
  },
})
