import { codeSwitch, interpreters, programName, whyNever } from './never.ts'
import type { CommandWords } from './command-words.ts'

/** Programs whose first word only says which kind of subcommand follows: of these the second belongs to it. */
const twoWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    npm: new Set(['run', 'run-script', 'exec', 'pkg', 'cache']),
    pnpm: new Set(['run', 'exec', 'store', 'env']),
    yarn: new Set(['run', 'exec', 'workspace', 'workspaces']),
    bun: new Set(['run', 'pm']),
    deno: new Set(['task', 'run']),
    cargo: new Set(['run', 'xtask']),
    docker: new Set(['compose', 'image', 'container', 'buildx', 'network', 'builder', 'context']),
    podman: new Set(['compose', 'image', 'container', 'network']),
    kubectl: new Set(['rollout', 'get', 'describe', 'auth', 'top']),
    gh: new Set(['pr', 'issue', 'run', 'repo', 'release', 'workflow', 'gist', 'project', 'cache', 'label', 'search']),
    go: new Set(['run', 'mod', 'work']),
    dotnet: new Set(['tool', 'nuget', 'ef', 'run']),
  }),
)
/** Of others every subcommand has two words. */
const alwaysTwo = new Set(['aws', 'gcloud', 'az', 'fly', 'heroku', 'doctl'])

/** Programs that run another one: what counts is that one, with its own subcommand. */
const runners: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    npx: [''],
    bunx: [''],
    uvx: [''],
    pnpm: ['exec'],
    npm: ['exec'],
    yarn: ['exec'],
    uv: ['run'],
    poetry: ['run'],
    pipenv: ['run'],
    pdm: ['run'],
    hatch: ['run'],
    bundle: ['exec'],
    mise: ['exec'],
    direnv: ['exec'],
  }),
)

/** Options that stand before a subcommand and take no value. Of any other it is not known whether the next word belongs to it. */
const plainOptions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    pnpm: new Set(['-r', '--recursive', '-w', '--workspace-root', '-s', '--silent']),
    npm: new Set(['-s', '--silent', '--workspaces', '-ws']),
    yarn: new Set(['-s', '--silent']),
    git: new Set(['--no-pager']),
    cargo: new Set(['-q', '--quiet', '-v', '--verbose', '--offline', '--locked']),
    make: new Set(['-s', '-B', '-k', '-n']),
    python: new Set(['-u', '-B', '-s', '-E', '-I', '-O']),
    python3: new Set(['-u', '-B', '-s', '-E', '-I', '-O']),
  }),
)

/**
 * The program and its subcommand, with the options between them: the least that a rule may name, and what tells one kind of command
 * from another. Refuses what no rule may let through.
 */
export function leastPrefix(argv: readonly string[]): CommandWords {
  const [first = ''] = argv
  const program = programName(first)
  const early = whyNever(program, [])
  if (early !== null) return { refused: early }
  if (first === '') return { refused: 'it names no program' }
  if (interpreters.test(program) && !twoWords.has(program)) return ofInterpreter(argv, program)
  const found = subcommand(argv, program)
  if ('refused' in found) return found
  const { end, words } = found
  const why = whyNever(program, words)
  if (why !== null) return { refused: why }
  const runner = runners.get(program)?.some((each) => each === '' || each === words[0])
  if (runner !== true) return { argv: argv.slice(0, end) }
  const from = runners.get(program)?.includes('') === true ? end - 1 : argv.indexOf(words[0] ?? '') + 1
  if (argv.slice(1, from).some((word) => word.startsWith('-')) || argv[from]?.startsWith('-') === true)
    return { refused: `\`${program}\` has options before the program that it runs` }
  return within(argv, from)
}

function within(argv: readonly string[], from: number): CommandWords {
  const inner = argv.slice(from)
  if (inner.length === 0) return { refused: 'it names no program' }
  // A tool that was made for one purpose is run by its name alone: `npx vitest`.
  const plain = subcommand(inner, programName(inner[0] ?? ''))
  const least = leastPrefix('refused' in plain && inner.length === 1 ? [...inner, 'run'] : inner)
  if ('refused' in least) return least
  return { argv: argv.slice(0, from + Math.min(least.argv.length, inner.length)) }
}

/** `python3 manage.py`, `python3 -m pytest`. */
function ofInterpreter(argv: readonly string[], program: string): CommandWords {
  const plain = plainOptions.get(program)
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '-m' && argv[at + 1]?.startsWith('-') === false) return { argv: argv.slice(0, at + 2) }
    if (!word.startsWith('-')) return { argv: argv.slice(0, at + 1) }
    if (codeSwitch.test(word)) return { refused: `\`${program} ${word}\` runs any code` }
    if (plain?.has(word) !== true) return { refused: `\`${program}\` has options before its script` }
  }
  return { refused: `\`${program}\` alone runs any code` }
}

interface Subcommand {
  /** Behind its last word. */
  readonly end: number
  readonly words: readonly string[]
}

function subcommand(argv: readonly string[], program: string): Subcommand | { readonly refused: string } {
  const words: string[] = []
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word.startsWith('-') || (program === 'cargo' && word.startsWith('+'))) {
      if (plainOptions.get(program)?.has(word) === true) continue
      return { refused: `it is not clear where its subcommand stands, behind \`${word}\`` }
    }
    words.push(word)
    const hasTwo = alwaysTwo.has(program) || twoWords.get(program)?.has(words[0] ?? '') === true
    if (words.length === (hasTwo ? 2 : 1)) return { end: at + 1, words }
  }
  return { refused: 'it has no subcommand: a rule would let every use of its program through' }
}
