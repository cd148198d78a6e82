import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { readOwnFile, writeOwnFile } from '../own-file.ts'

const wellFormed = /^[A-Za-z0-9_-]{43}$/

/** The token of a data folder: 256 random bits, kept beside the data so that a bookmarked link survives a restart. */
export function loadToken(dataDir: string): string {
  const path = join(dataDir, 'token')
  const kept = readKept(path)
  const token = kept ?? randomBytes(32).toString('base64url')
  if (kept === null) writeOwnFile(path, `${token}\n`)
  chmodSync(path, 0o600)
  return token
}

function readKept(path: string): string | null {
  const text = readOwnFile(path)?.trim() ?? ''
  return wellFormed.test(text) ? text : null
}

/** Compares digests, which have one length, so that the time taken tells nothing about the token. */
export function isAuthorized(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
