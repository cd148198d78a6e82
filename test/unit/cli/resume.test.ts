import { expect, it } from 'vitest'
import { resumeLine } from '../../../src/cli/resume-line.ts'

it.each([
  [{ id: '01a2', folder: '/home/ada/shop' }, 'cd /home/ada/shop && codex resume 01a2'],
  [{ id: '01a2', folder: null }, 'codex resume 01a2'],
  [{ id: '01a2', folder: "/home/ada/it's here" }, `cd '/home/ada/it'\\''s here' && codex resume 01a2`],
  [{ id: '$(reboot)', folder: '/tmp/`x`' }, "cd '/tmp/`x`' && codex resume '$(reboot)'"],
  [{ id: '--yolo', folder: '-x' }, 'cd -- -x && codex resume -- --yolo'],
])('%j goes on with %s', (session, line) => {
  expect(resumeLine(session)).toBe(line)
})
