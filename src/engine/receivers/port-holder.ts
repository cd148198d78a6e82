import { execFile } from 'node:child_process'
import { readFile, readdir, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'

export interface PortHolder {
  /** As a person knows it: of an interpreter with what it runs, `node server.js`. */
  readonly program: string
  readonly pid: number
}

/** The process that listens on a port of this machine; null where that cannot be learned. */
export async function portHolder(port: number): Promise<PortHolder | null> {
  try {
    return process.platform === 'linux' ? await holderOnLinux(port) : await holderByLsof(port)
  } catch {
    return null
  }
}

/** /proc/net/tcp names the socket's inode, /proc/PID/fd who has it open (proc(5)). State 0A is LISTEN. */
async function holderOnLinux(port: number): Promise<PortHolder | null> {
  const inode = (await readTable('tcp', port)) ?? (await readTable('tcp6', port))
  if (inode === null) return null
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await hasOpen(pid, `socket:[${inode}]`)) {
      return { program: await programOf(pid), pid: Number(pid) }
    }
  }
  return null
}

const interpreters = /^(?:node|bun|deno|python[\d.]*|ruby|perl|java|dotnet)$/

/** Of its arguments only the name of a file: the others may hold secrets. */
async function programOf(pid: string): Promise<string> {
  const program = basename(await readlink(`/proc/${pid}/exe`))
  if (!interpreters.test(program)) return program
  const [, ...rest] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  const file = rest[0] === undefined || rest[0].startsWith('-') ? '' : basename(rest[0])
  return file === '' ? program : `${program} ${file}`
}

async function readTable(name: 'tcp' | 'tcp6', port: number): Promise<string | null> {
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = (await readFile(`/proc/net/${name}`, 'utf8')).split('\n').map((line) => line.trim().split(/\s+/))
  return lines.find((fields) => fields[1]?.endsWith(hexPort) === true && fields[3] === '0A')?.[9] ?? null
}

async function hasOpen(pid: string, target: string): Promise<boolean> {
  try {
    const fds = await readdir(`/proc/${pid}/fd`)
    const targets = await Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
    return targets.includes(target)
  } catch {
    // Another user's process, or one that has just ended.
    return false
  }
}

async function holderByLsof(port: number): Promise<PortHolder | null> {
  const args = ['-nP', `-iTCP:${String(port)}`, '-sTCP:LISTEN', '-Fpc']
  const { stdout } = await promisify(execFile)('lsof', args, { timeout: 2000 })
  const field = (letter: string): string | undefined => new RegExp(`^${letter}(.+)$`, 'm').exec(stdout)?.[1]
  const pid = field('p')
  return pid === undefined ? null : { program: field('c') ?? 'a process', pid: Number(pid) }
}
