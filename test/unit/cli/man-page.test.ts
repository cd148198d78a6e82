import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { commands } from '../../../src/cli/commands.ts'
import type { Command } from '../../../src/cli/command.ts'
import { bash } from '../../../src/cli/completion/bash.ts'
import { fish } from '../../../src/cli/completion/fish.ts'
import { zsh } from '../../../src/cli/completion/zsh.ts'
import { manPage } from '../../../src/cli/man-page.ts'

const each: readonly (readonly [string, Command])[] = Object.entries(commands)
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

it('the manual tells of every command, option and example', () => {
  const text = manPage('1.2.3').replaceAll('\\-', '-').replaceAll('\\(aq', "'")
  for (const [name, { options, examples }] of each) {
    expect(text).toContain(`.SS ${name}`)
    for (const { flag } of Object.values(options)) expect(text).toContain(`\\fB--${flag}\\fR`)
    for (const [typed] of examples) expect(text).toContain(typed)
  }
  expect(text).toContain('"Colophon 1.2.3"')
})

it.runIf(has('groff'))('the manual is what roff takes without a warning', () => {
  const { stderr, status } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-z'], {
    input: manPage('1.2.3'),
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
})

it.each([
  ['bash', bash(), ['-n']],
  ['zsh', zsh(), ['-n']],
  ['fish', fish(), ['-n']],
] as const)('the script for %s names every command and option, and is one that it can read', (shell, script, args) => {
  for (const [name, { options }] of each) {
    expect(script).toContain(name)
    for (const { flag } of Object.values(options))
      expect(script).toContain(shell === 'fish' ? `-l ${flag} ` : `--${flag}`)
  }
  if (has(shell))
    expect(spawnSync(shell, args, { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
})

it.runIf(has('bash'))('bash completes commands, their options and what they take', () => {
  const completed = (...words: string[]): string => {
    const typed = words.map((word) => `'${word}'`).join(' ')
    const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${String(words.length - 1)}; _colophon; echo "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['--norc', '-c', `${bash()}\n${ask}`], { encoding: 'utf8' }).stdout.trim()
  }
  expect(completed('colophon', 'stat')).toBe('statusline')
  expect(completed('colophon', 'show', '--de')).toBe('--depth')
  expect(completed('colophon', 'completion', 'z')).toBe('zsh')
})
