import { execFile } from 'node:child_process'
import { readFile, readdir, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/** Names the process that listens on a port of this machine, as `node (pid 123)`; null where that cannot be learned. */
export async function portHolder(port: number): Promise<string | null> {
  try {
    return process.platform === 'linux' ? await holderOnLinux(port) : await holderByLsof(port)
  } catch {
    return null
  }
}

/** /proc/net/tcp names the socket's inode, /proc/PID/fd who has it open (proc(5)). State 0A is LISTEN. */
async function holderOnLinux(port: number): Promise<string | null> {
  const inode = (await readTable('tcp', port)) ?? (await readTable('tcp6', port))
  if (inode === null) return null
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await hasOpen(pid, `socket:[${inode}]`)) {
      return `${basename(await readlink(`/proc/${pid}/exe`))} (pid ${pid})`
    }
  }
  return null
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

async function holderByLsof(port: number): Promise<string | null> {
  const args = ['-nP', `-iTCP:${String(port)}`, '-sTCP:LISTEN', '-Fpc']
  const { stdout } = await promisify(execFile)('lsof', args, { timeout: 2000 })
  const field = (letter: string): string | undefined => new RegExp(`^${letter}(.+)$`, 'm').exec(stdout)?.[1]
  return `${field('c') ?? 'a process'} (pid ${field('p') ?? '?'})`
}
