import { writeFileSync } from 'node:fs'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it is held to; null for a figure that is there to compare with. */
  readonly limit: number | null
  readonly better: 'higher' | 'lower'
}

interface Machine {
  readonly cpus: number
  readonly cpu: string
  readonly memoryGiB: number
}

/** A table on standard output and `bench.json` in the working folder. */
export function report(figures: readonly Figure[], machine: Machine): void {
  const lines = figures.map((figure) => [
    figure.name,
    shown(figure.value, figure.unit),
    figure.limit === null ? '' : `${figure.better === 'higher' ? '≥' : '≤'} ${shown(figure.limit, figure.unit)}`,
    figure.limit === null ? '' : isMet(figure) ? 'met' : 'MISSED',
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  for (const [name = '', value = '', limit = '', verdict = ''] of lines)
    console.log(
      `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${limit.padStart(widths[2] ?? 0)}  ${verdict}`,
    )
  console.log(`${machine.cpus} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${process.versions.node}`)
  const stamped = { at: new Date().toISOString(), machine, node: process.versions.node, figures }
  writeFileSync('bench.json', `${JSON.stringify(stamped, null, 2)}\n`)
}

function isMet({ value, limit, better }: Figure): boolean {
  return limit === null || (better === 'higher' ? value >= limit : value <= limit)
}

function shown(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`.trim()
}
