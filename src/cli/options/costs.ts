import { command, noWords } from '../command.ts'
import { choice, count, money, onOff } from '../option.ts'
import { dataDir, json } from './common.ts'
import { since } from './since.ts'

export const costsCommand = command(
  {
    operands: '',
    about: 'what model calls cost at API prices, helpers included',
    examples: [
      ['colophon costs', 'the last seven days, day by day'],
      ['colophon costs --by model --since 2026-11-01', 'by model, since a date'],
    ],
    options: {
      by: choice(
        { flag: 'by', takes: 'WHAT', about: 'day, model, project or session (day)' },
        ['day', 'model', 'project', 'session'],
        'day' as const,
      ),
      since: since('since when (7d)', null),
      limit: count('limit', 'at most N rows; the total includes all (50)', 50),
      json,
      dataDir,
    },
  },
  noWords('costs'),
)

export const limitsCommand = command(
  {
    operands: '',
    about: 'how full the usage limits are, when they reset, and what filled them',
    examples: [['colophon limits', 'the 5-hour and the weekly window, as Codex last recorded them']],
    options: { json, dataDir },
  },
  noWords('limits'),
)

export const budgetCommand = command(
  {
    operands: '',
    about: 'compare today and this month with a budget; without a figure, with those of the alert rules',
    examples: [
      ['colophon budget --day 5 --month 100', 'compare with both'],
      ['colophon budget --check --day 5 || echo "enough for today"', 'in a git hook or in CI'],
    ],
    exits: {
      0: 'within the budget',
      1: 'with --check: passed; without it: failed, standard error says why',
      3: "with --check: will be passed at today's pace",
      4: 'with --check: not known, standard error says why',
    },
    options: {
      check: onOff('check', 'also set the exit code: 0 within, 1 passed, 3 will be passed'),
      day: money('day', 'US dollars a day'),
      month: money('month', 'US dollars a month'),
      json,
      dataDir,
    },
  },
  noWords('budget'),
)

export const statuslineCommand = command(
  {
    operands: '',
    about: 'one line for a status bar: today’s cost and cache, how full the limits are; always exits with 0',
    examples: [
      ["set -g status-right '#(colophon statusline)'", 'in tmux.conf'],
      ['colophon statusline', '$1.42 today · 62 % cached · 5 h window 41 %'],
    ],
    exits: { 0: 'always: a prompt must not break', 1: 'never: the line says so if there are no figures' },
    options: { json, dataDir },
  },
  noWords('statusline'),
)

export type CostsOptions = ReturnType<typeof costsCommand.read>
export type LimitsOptions = ReturnType<typeof limitsCommand.read>
export type BudgetOptions = ReturnType<typeof budgetCommand.read>
export type StatuslineOptions = ReturnType<typeof statuslineCommand.read>
