/** What Codex says of a refused request beyond its status, beside which it stands: often the status alone (`http 429`), which nobody needs twice. */
export function errorBeyondStatus(statusCode: number | null, error: string | null): string | null {
  if (statusCode === null || error === null) return error
  const said = new RegExp(`^http ${String(statusCode)}\\b[\\s:·-]*`, 'i')
  return error.replace(said, '') || null
}
