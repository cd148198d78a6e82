import { completed, takesPath } from './words.ts'

export function bash(): string {
  const cases = completed.map(({ name, operands, options, files }) => {
    const flags = options.map(({ flag }) => `--${flag}`).join(' ')
    const words = [...operands, flags].join(' ')
    return `    ${name}) words="${words}"; files=${files ? 1 : 0} ;;`
  })
  const paths = [
    ...new Set(
      completed
        .flatMap(({ options }) => options.filter(({ takes }) => takesPath(takes)))
        .map(({ flag }) => `--${flag}`),
    ),
  ]
  return `# bash completion of colophon
_colophon() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=0
  COMPREPLY=()
  case "$previous" in
    ${paths.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${completed.map(({ name }) => name).join(' ')} help --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
    help) words="${completed.map(({ name }) => name).join(' ')}" ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "$files" -eq 1 ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _colophon colophon
`
}
