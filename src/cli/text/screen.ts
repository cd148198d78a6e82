/** What the place can show that a command writes to. */
export interface Screen {
  readonly width: number
  readonly colour: boolean
  /** Whether signs beyond ASCII arrive as they are. */
  readonly unicode: boolean
}

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
}

const usualWidth = 80
const narrowest = 40
/** Rows of a table are not read any more across a wall of screens. */
const widest = 300

/** NO_COLOR and FORCE_COLOR as no-color.org and force-color.org have them; the locale as POSIX orders its variables. */
export function screenOf(stream: Stream, env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Screen {
  const told = Number(env.COLUMNS)
  const columns = stream.columns ?? (Number.isInteger(told) && told > 0 ? told : usualWidth)
  return {
    width: Math.min(Math.max(columns, narrowest), widest),
    colour: takesColour(stream, env),
    unicode: takesUnicode(env, platform),
  }
}

function takesColour({ isTTY = false }: Stream, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return isTTY && TERM !== 'dumb'
}

/** Terminals of macOS and Windows take UTF-8 whatever the variables say; elsewhere a locale that is not named is the C locale. */
function takesUnicode({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '')
  if (locale === undefined) return platform === 'darwin' || platform === 'win32'
  return /utf-?8/i.test(locale)
}
