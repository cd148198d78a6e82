import { completed, takesPath } from './words.ts'

export function zsh(): string {
  const commands = completed.map(({ name, about }) => `    '${name}:${about}'`)
  const cases = completed.map(({ name, operands, options, files }) => {
    const flags = options.map(({ flag, about, takes }) => {
      const value = takes === null ? '' : takesPath(takes) ? `:${takes}:_files` : `:${takes}:`
      return `'--${flag}[${about}]${value}'`
    })
    const words = files ? ["'*:file:_files'"] : operands.length > 0 ? [`'1:what:(${operands.join(' ')})'`] : []
    return `    ${name}) _arguments ${[...flags, ...words].join(' ')} ;;`
  })
  return `#compdef colophon
_colophon() {
  local -a commands
  commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _colophon ]; then _colophon "$@"; else compdef _colophon colophon; fi
`
}
