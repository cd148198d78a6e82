import type { Answers } from './fake-host.ts'

const path = '/home/ada/.codex/config.toml'
const text = '# my settings\nmodel = "gpt-5.5"\n'
const place = { path, target: path, exists: true, obstacle: null, fingerprint: 'as it is' }

/** A config.toml without an [otel], for pages whose test is about something else. */
export const configAnswers = {
  'config.homes': () => ({ homes: [{ path: '/home/ada/.codex', from: 'default', exists: true }] }),
  'config.read': () => ({
    ...place,
    text,
    problems: [],
    values: {},
    effective: [],
    undoable: false,
    agentServer: { added: false, claude: 'claude mcp add colophon -- colophon mcp' },
  }),
  'config.draft': (params) => ({ text: params.text, problems: [], values: {}, faults: [], flags: '' }),
  'config.plan': (params) => ({
    ...place,
    changes: [],
    diff: '',
    lines: '',
    text: params.text ?? text,
    flags: '',
    warnings: [],
  }),
  'config.doctor': () => ({ findings: [], effective: [] }),
} satisfies Answers
