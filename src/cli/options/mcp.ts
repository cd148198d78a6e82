import { command, noWords } from '../command.ts'
import { dataDir } from './common.ts'

export const mcpCommand = command(
  {
    operands: '',
    about: 'serve agents over the Model Context Protocol on standard input and output',
    examples: [['codex mcp add colophon -- colophon mcp', 'let Codex ask about its own sessions']],
    options: { dataDir },
  },
  noWords('mcp'),
)

export type McpOptions = ReturnType<typeof mcpCommand.read>
