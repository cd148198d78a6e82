import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface SourcePattern {
  readonly where: string
  readonly pattern: RegExp
}

const source = new URL('../../../src/', import.meta.url)

/** Every regular expression that is written in the sources, by where it stands; so none can be left out. */
export function literalPatterns(): readonly SourcePattern[] {
  return files().flatMap(({ name, text }) => {
    const found: SourcePattern[] = []
    visit(text, (node, line) => {
      if (!ts.isRegularExpressionLiteral(node)) return
      const end = node.text.lastIndexOf('/')
      found.push({ where: `${name}:${line}`, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) })
    })
    return found
  })
}

/** Files that put patterns together from text: what they make is not to be seen in the source. */
export function filesThatBuildPatterns(): readonly string[] {
  return files().flatMap(({ name, text }) => {
    let builds = false
    visit(text, (node) => {
      builds ||= ts.isNewExpression(node) && node.expression.getText() === 'RegExp'
    })
    return builds ? [name] : []
  })
}

function files(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|vue)$/.test(name))
    .sort()
    .map((name) => ({ name, text: scriptOf(name, readFileSync(join(source.pathname, name), 'utf8')) }))
}

/** Of a component the code alone, on the lines where it stands. */
function scriptOf(name: string, text: string): string {
  if (!name.endsWith('.vue')) return text
  const [open = '', code = ''] = /^[^]*?<script[^>]*>([^]*?)<\/script>/.exec(text) ?? []
  return '\n'.repeat(open.slice(0, open.length - code.length).split('\n').length - 1) + code
}

function visit(text: string, seen: (node: ts.Node, line: number) => void): void {
  const file = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)
  const walk = (node: ts.Node): void => {
    seen(node, file.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    node.forEachChild(walk)
  }
  walk(file)
}
