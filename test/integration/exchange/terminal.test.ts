import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jsonBody, logRequest, texts } from '../engine/requests.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli } from '../hosts/cli-support.ts'
import { storeCapture } from './sessions.ts'

const hostile = '\u001b]0;owned\u0007 hello \u202egnp.txt \u009b2J'
const acting = /(?!\n)[\u0000-\u001f\u007f-\u009f\u202e]/

function promptOf(conversation: string) {
  const attributes = texts({ 'event.name': 'codex.user_prompt', 'conversation.id': conversation, prompt: hostile })
  return jsonBody('logs', logRequest({ timeUnixNano: '1790000000000000000', attributes }))
}

async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const cli = new RunningCli(args)
  await cli.exitCode()
  return { stdout: cli.stdout, stderr: cli.stderr }
}

test('what senders call a session and say in it reaches the terminal as text', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  storeCapture(data, '', [promptOf(`a${hostile}1`), promptOf(`a${hostile}2`)])

  const both = await run('export', 'a', '--data', data)
  expect(both.stderr).toContain('more than one session begins with a')
  expect(both.stderr).toContain('\\u001b]0;owned\\u0007')

  const markdown = await run('export', `a${hostile}1`, '--format', 'markdown', '--data', data)
  expect(markdown.stdout).toContain('hello \\\\u202egnp.txt')

  const json = await run('export', `a${hostile}1`, '--data', data)
  expect(JSON.stringify(JSON.parse(json.stdout))).toContain(JSON.stringify(hostile).slice(1, -1))

  const broken = join(folder, `x${hostile.replaceAll('/', '')}.json`)
  writeFileSync(broken, '{"\u001b[2J')
  const refused = await run('import', broken, '--data', data)
  expect(refused.stderr).toContain('nothing of it was imported')

  const unknown = await run('export', hostile, '--data', data)
  expect(unknown.stderr).toContain('there is no session')
  const misspelt = await run(hostile)
  for (const said of [both, markdown, json, refused, unknown, misspelt])
    expect(said.stdout + said.stderr).not.toMatch(acting)
})
