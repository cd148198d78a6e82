import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratchHome } from './scratch-home.ts'

const mine = '# mine\nmodel = "gpt"\n'

it('takes a change back after another program has replaced the link by a file', async () => {
  const { home, file, ask, apply } = scratchHome(null)
  mkdirSync(join(home, 'dotfiles'))
  writeFileSync(join(home, 'dotfiles', 'codex.toml'), mine)
  symlinkSync(join('dotfiles', 'codex.toml'), file)
  await apply({ protocol: 'http' })
  const text = readFileSync(file, 'utf8')
  rmSync(file)
  writeFileSync(file, text)
  expect((await ask('config.read', {})).undoable).toBe(true)
  expect((await ask('config.undo', {})).written).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(mine)
})

it('takes back only its keys where the file in place of the link says more', async () => {
  const { home, file, ask, apply } = scratchHome(null)
  mkdirSync(join(home, 'dotfiles'))
  writeFileSync(join(home, 'dotfiles', 'codex.toml'), mine)
  symlinkSync(join('dotfiles', 'codex.toml'), file)
  await apply({ protocol: 'http' })
  const text = readFileSync(file, 'utf8')
  rmSync(file)
  writeFileSync(file, `# theirs\n${text}`)
  await ask('config.undo', {})
  expect(readFileSync(file, 'utf8')).toMatch(/^# theirs\n# mine\nmodel = "gpt"\n\s*$/)
})

it.each([
  ['written by its own name, undone through a link', ['real', 'other']],
  ['written through a link, undone by its own name', ['other', 'real']],
])('knows a folder by its other name: %s', async (_, [writeAs = '', undoAs = '']) => {
  const { home, ask } = scratchHome(null)
  mkdirSync(join(home, 'real'))
  symlinkSync('real', join(home, 'other'))
  const file = join(home, 'real', 'config.toml')
  writeFileSync(file, mine)
  const codexHome = join(home, writeAs)
  const { fingerprint } = await ask('config.plan', { codexHome, protocol: 'http' })
  await ask('config.apply', { codexHome, protocol: 'http', fingerprint })
  expect((await ask('config.undo', { codexHome: join(home, undoAs) })).written).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(mine)
})

it('makes no empty file of one that was deleted since', async () => {
  const home = scratchHome(mine)
  await home.apply({ protocol: 'http' })
  rmSync(home.file)
  const undone = await home.ask('config.undo', {})
  expect(undone).toMatchObject({ written: false, exists: false })
  expect(home.files()).not.toContain('config.toml')
})

it('says where a change stands that the link does not lead to any more, and keeps it on record', async () => {
  const { home, file, ask, apply } = scratchHome(null)
  const [first, second] = [join(home, 'first.toml'), join(home, 'second.toml')]
  writeFileSync(first, mine)
  symlinkSync('first.toml', file)
  await apply({ protocol: 'http' })
  rmSync(file)
  const refused = `nothing was written: what Colophon changed is in ${first}, which ${file} does not lead to any more`
  await expect(ask('config.undo', {})).rejects.toThrow(refused)
  writeFileSync(second, mine)
  symlinkSync('second.toml', file)
  await expect(ask('config.undo', {})).rejects.toThrow(refused)
  rmSync(file)
  symlinkSync('first.toml', file)
  expect((await ask('config.undo', {})).written).toBe(true)
  expect(readFileSync(first, 'utf8')).toBe(mine)
})
