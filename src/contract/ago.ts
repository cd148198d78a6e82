const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** How many milliseconds ago a text means that says `90m`, `24h`, `7d` or `2w`; null where it says nothing of the kind. */
export function agoMs(text: string): number | null {
  const [, amount, unit = ''] = /^(\d{1,5})\s*([mhdw])$/.exec(text) ?? []
  const ms = unitMs[unit]
  return amount === undefined || ms === undefined ? null : Number(amount) * ms
}
