const string = String.raw`(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')`
const key = String.raw`["']?[\w-]+["']?`
/** Tables whose values carry keys: of exporters and MCP servers. */
const secretTable = /(?:headers|env)$/i
/** Values that are keys themselves. */
const secretKey = /(?:token|secret|password|api_?key)$/i

const inlineTable = new RegExp(String.raw`(?<![\w-])(${key}\s*=\s*\{)((?:[^{}"']|${string})*)(\})`, 'g')
const valueOf = new RegExp(String.raw`(=\s*)${string}`, 'g')
const heading = /^\s*\[{1,2}([^\]#]*)\]/
const assignment = new RegExp(String.raw`^\s*((?:${key}\s*\.\s*)*)(${key})\s*=`)

const bare = (name: string): string => name.replace(/["'\s]/g, '')
const hidden = (text: string): string => text.replace(valueOf, '$1"•••"')

/**
 * TOML, or a value as `valueText` writes it, with the strings that carry keys hidden: headers, environments, tokens. Line by line the
 * same length in lines, for people to look at; never to be written.
 */
export function maskSecrets(toml: string): string {
  let isSecret = false
  return toml
    .replace(inlineTable, (whole, open: string, pairs: string, close: string) =>
      secretTable.test(bare(open.split('=')[0] ?? '')) ? open + hidden(pairs) + close : whole,
    )
    .split('\n')
    .map((line) => {
      const table = heading.exec(line)
      if (table !== null) isSecret = secretTable.test(bare(table[1] ?? ''))
      const [, path = '', name = ''] = assignment.exec(line) ?? []
      if (name === '' || table !== null) return line
      const inTable = isSecret || secretTable.test(bare(path).replace(/\.$/, ''))
      return inTable || secretKey.test(bare(name)) ? hidden(line) : line
    })
    .join('\n')
}
