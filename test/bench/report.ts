import { writeFileSync } from 'node:fs'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it is held to; null for a figure that is there to compare with. */
  readonly limit: number | null
  readonly better: 'higher' | 'lower'
  readonly beside?: Floor
}

/** What the machine itself takes for the same, measured in the same run: absolute figures do not travel, these ratios do. */
export interface Floor {
  readonly name: string
  /** In the figure's unit. */
  readonly value: number
  /** What the figure may be of it: at most, or at least where more is better; null where that is open. */
  readonly ratio: number | null
}

interface Machine {
  readonly cpus: number
  readonly cpu: string
  readonly memoryGiB: number
}

/** A table on standard output and `bench.json` in the working folder. */
export function report(figures: readonly Figure[], machine: Machine): void {
  const rows = figures.map((figure) => [
    figure.name,
    shown(figure.value, figure.unit),
    ...heldTo(figure.value, figure.limit, figure.unit, figure.better),
    ...besides(figure),
  ])
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
  console.log(`${machine.cpus} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${process.versions.node}`)
  const stamped = { at: new Date().toISOString(), machine, node: process.versions.node, figures }
  writeFileSync('bench.json', `${JSON.stringify(stamped, null, 2)}\n`)
}

/** Names and verdicts stand left, figures right. */
const isText = (column: number): boolean => [0, 3, 5, 7].includes(column)

function besides({ value, better, beside }: Figure): string[] {
  if (beside === undefined) return ['', '', '', '']
  const ratio = value / beside.value
  return [
    shown(ratio, ''),
    `of ${beside.name} (${shown(beside.value, '')})`,
    ...heldTo(ratio, beside.ratio, '', better),
  ]
}

function heldTo(value: number, limit: number | null, unit: string, better: Figure['better']): [string, string] {
  if (limit === null) return ['', '']
  const isMet = better === 'higher' ? value >= limit : value <= limit
  return [`${better === 'higher' ? '≥' : '≤'} ${shown(limit, unit)}`, isMet ? 'met' : 'MISSED']
}

function shown(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`.trim()
}
