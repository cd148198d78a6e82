/** Sums of dollars differ in their last digits by the order in which they were added up; a millionth of a dollar is less than one token costs. */
const millionths = (amount: number): number => Math.round(amount * 1e6)

/** Whether more was spent than a budget allows: what is exactly its limit is within, wherever a budget is told of. */
export function isPassed(spent: number, limit: number): boolean {
  return millionths(spent) > millionths(limit)
}
