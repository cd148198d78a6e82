import type { Sample, Series } from './samples.ts'

const width = 720
const height = 96
const left = 220
const gap = 28

/** One line for each series over the same minutes, as an SVG document; restarts are grey strokes. */
export function pictureOf(series: readonly Series[], samples: readonly Sample[], restarts: readonly number[]): string {
  const minutes = Math.max(1e-9, samples.at(-1)?.minute ?? 0)
  const x = (minute: number): number => left + (minute / minutes) * width
  const rows = series.map((one, index) => row(one, samples, x, restarts, 16 + index * (height + gap)))
  const total = 16 + series.length * (height + gap) + 16
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 24}" height="${total}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...rows,
    `<text x="${left}" y="${total - 8}">0</text>`,
    `<text x="${left + width}" y="${total - 8}" text-anchor="end">${minutes.toFixed(1)} min</text>`,
    '</svg>',
    '',
  ].join('\n')
}

function row(
  { name, unit }: Series,
  samples: readonly Sample[],
  x: (minute: number) => number,
  restarts: readonly number[],
  top: number,
): string {
  const points = samples.flatMap(({ minute, values }) => {
    const value = values[name]
    return value === undefined || Number.isNaN(value) ? [] : [{ minute, value }]
  })
  const most = Math.max(1e-9, ...points.map(({ value }) => value))
  const y = (value: number): number => top + height - (value / most) * height
  const line = points.map(({ minute, value }) => `${x(minute).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return [
    `<text x="8" y="${top + 12}">${name}</text>`,
    `<text x="8" y="${top + 30}" fill="#666">at most ${most.toFixed(1)} ${unit}</text>`,
    `<path d="M${left} ${top}V${top + height}H${left + width}" fill="none" stroke="#ccc"/>`,
    ...restarts.map((minute) => `<path d="M${x(minute).toFixed(1)} ${top}v${height}" stroke="#ddd"/>`),
    `<polyline points="${line}" fill="none" stroke="#2f5bd8" stroke-width="1.5"/>`,
  ].join('\n')
}
