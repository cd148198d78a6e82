import { completed, takesPath } from './words.ts'

export function fish(): string {
  const names = completed.map(({ name }) => name).join(' ')
  const lines = completed.flatMap(({ name, about, operands, options, files }) => [
    `complete -c colophon -n "not __fish_seen_subcommand_from ${names}" -a ${name} -d '${about}'`,
    ...(files ? [`complete -c colophon -n "__fish_seen_subcommand_from ${name}" -F`] : []),
    ...operands.map((word) => `complete -c colophon -n "__fish_seen_subcommand_from ${name}" -a ${word}`),
    ...options.map(({ flag, about: says, takes }) => {
      const value = takes === null ? '' : takesPath(takes) ? ' -r -F' : ' -x'
      return `complete -c colophon -n "__fish_seen_subcommand_from ${name}" -l ${flag} -d '${says}'${value}`
    }),
  ])
  return `# fish completion of colophon\ncomplete -c colophon -f\n${lines.join('\n')}\n`
}
