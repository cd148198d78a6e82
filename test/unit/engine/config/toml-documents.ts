import fc from 'fast-check'

/** How an `[otel]` may be written; each form is a list of blocks that may stand anywhere behind the root's keys. */
interface Form {
  readonly root: readonly string[]
  readonly tables: readonly (readonly string[])[]
}

const comment = fc.constantFrom('', ' # note', '\t# a = "b" [x]', ' # ünï ❤')
const endpoint = fc.constantFrom('"http://127.0.0.1:1/v1/logs"', "'http://h:4318/#frag'", '"a\\"b # no"')
const exporterKey = fc.constantFrom('exporter', 'trace_exporter', 'metrics_exporter')
const gap = fc.constantFrom('=', ' = ', '\t=  ')

const otelForms: fc.Arbitrary<Form> = fc.oneof(
  fc.constant({ root: [], tables: [] }),
  // A section with strings and inline tables.
  fc.record({ key: exporterKey, endpoint, comment, gap }).map(({ key, endpoint, comment, gap }) => ({
    root: [],
    tables: [
      [
        `[otel]${comment}`,
        `# above${comment}`,
        `environment${gap}"prod"${comment}`,
        `  ${key}${gap}{ otlp-http = { endpoint = ${endpoint}, protocol = "json", headers = { "x-a" = "1" } } }${comment}`,
      ],
    ],
  })),
  // A section and sub-tables, with other tables between them.
  fc
    .record({ key: exporterKey, endpoint, comment, gap, isBefore: fc.boolean(), apart: fc.boolean() })
    .map(({ key, endpoint, comment, gap, isBefore, apart }) => {
      const section = [`[ otel ]${comment}`, `log_user_prompt${gap}true${comment}`]
      const sub = [
        `# about ${key}`,
        `[otel.${key}.otlp-http]${comment}`,
        `endpoint${gap}${endpoint}${comment}`,
        '  # inner',
        `protocol${gap}"binary"`,
        `[otel.${key}."otlp-http".headers]${comment}`,
        `x${gap}"1"${comment}`,
      ]
      const between = apart ? [['[between]', 'a = 1']] : []
      return { root: [], tables: isBefore ? [sub, ...between, section] : [section, ...between, sub] }
    }),
  // Sub-tables alone: `otel` itself is never written.
  fc.record({ key: exporterKey, comment }).map(({ key, comment }) => ({
    root: [],
    tables: [
      [`[otel.${key}.otlp-grpc]${comment}`, `endpoint = "http://h:1"${comment}`, '[otel.tool_result]', 'max_bytes = 1'],
    ],
  })),
  // Dotted keys in the root, deep ones too.
  fc.record({ key: exporterKey, endpoint, comment, gap }).map(({ key, endpoint, comment, gap }) => ({
    root: [
      `otel.environment${gap}'x'${comment}`,
      `otel . ${key} . "otlp-http".endpoint${gap}${endpoint}${comment}`,
      `otel.${key}.otlp-http.protocol${gap}"json"`,
    ],
    tables: [],
  })),
  // Dotted keys in the section.
  fc.record({ key: exporterKey, endpoint, comment }).map(({ key, endpoint, comment }) => ({
    root: [],
    tables: [
      [
        '[otel]',
        `${key}.otlp-http.endpoint = ${endpoint}${comment}`,
        `${key}.otlp-http.protocol = "json"`,
        'tool_result.max_bytes = 9',
      ],
    ],
  })),
  // One inline table for all, dotted keys in it or not.
  fc
    .record({ key: exporterKey, endpoint, comment, dotted: fc.boolean() })
    .map(({ key, endpoint, comment, dotted }) => ({
      root: [
        dotted
          ? `otel = { ${key}.otlp-http.endpoint = ${endpoint}, ${key}.otlp-http.protocol = "json", log_sse_deltas = true }${comment}`
          : `otel = {${key}={otlp-http={endpoint=${endpoint},protocol="json"}},environment="x"}${comment}`,
      ],
      tables: [],
    })),
  fc.constant({ root: ['otel = {}'], tables: [] }),
)

const rootLines = fc.constantFrom(
  'model = "gpt" # which',
  '# only words',
  '"quoted key" = 1979-05-27T07:32:00-08:00',
  'big = 9223372036854775807',
  'odd = [ 1, # one\n  [ "]", \'#\' ], # two\n]',
  'text = """\n# no comment\n[otel]\nexporter = "x"\n"""',
  "raw = '''\n[otel.exporter]\n'''",
  'ratio = 1.0',
  'day = 1979-05-27',
  'nothing = nan',
  '',
)

const otherTables = fc.constantFrom(
  [
    '[mcp_servers.docs] # server',
    'command = "npx"',
    'args = [',
    '  "-y", # yes',
    '  "docs",',
    ']',
    'env = { "A" = "1" }',
  ],
  ['[[hooks]]', 'name = "a"', '[[hooks]]', 'name = "b" # second'],
  ['[tools]', '', '  web_search = true', '# trailing words', ''],
  ['[projects."/home/me/otel.exporter"]', 'trust_level = "trusted"'],
  ['[__proto__]', 'polluted = true'],
)

/** Documents that parse, in the forms that people write, with every kind of line ending. */
export const tomlDocuments: fc.Arbitrary<string> = fc
  .record({
    form: otelForms,
    root: fc.uniqueArray(rootLines, { maxLength: 5 }),
    tables: fc.uniqueArray(otherTables, { maxLength: 4, selector: ([first]) => first }),
    at: fc.nat({ max: 4 }),
    otelFirst: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n'),
    lastNewlines: fc.constantFrom(0, 1, 3),
    mark: fc.constantFrom('', '\uFEFF'),
  })
  .map(({ form, root, tables, at, otelFirst, newline, lastNewlines, mark }) => {
    const rootBlock = otelFirst ? [...form.root, ...root] : [...root, ...form.root]
    const blocks = [...tables.slice(0, at), ...form.tables, ...tables.slice(at)]
    const text = [...rootBlock, ...blocks.flat()].join('\n').trimEnd()
    return mark + (text + '\n'.repeat(text === '' ? 0 : lastNewlines)).replaceAll('\n', newline)
  })
