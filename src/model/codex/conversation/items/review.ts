import { text, type Attributes } from '../../../attributes.ts'
import { part, parts } from '../../rollout/payload.ts'
import { payloadOf, type ItemReader } from '../told.ts'

/** A review begins with what is looked at, and ends with what was found. */
export const review: ItemReader<'review'> = (told) => {
  const began = part(payloadOf(told, '/EnteredReviewMode'), 'item')
  const hint = text(began, 'user_facing_hint')
  const output = part(part(payloadOf(told, '/ExitedReviewMode'), 'item'), 'review_output')
  if ('type' in began) return { began: true, text: told.quote('text', 'prompts', hint ?? ''), findings: [] }
  const words = [text(output, 'overall_correctness'), text(output, 'overall_explanation')]
  return {
    began: false,
    text: told.quote('text', 'output', words.filter((word) => word !== null).join('\n\n')),
    findings: parts(output, 'findings').map((found, index) => ({
      title: told.quoting.leavesOut.has('output') ? '' : told.quoting.edit(text(found, 'title') ?? ''),
      place: placeOf(part(found, 'code_location')),
      text: told.quote(`finding:${String(index)}`, 'output', text(found, 'body') ?? ''),
    })),
  }
}

function placeOf(location: Attributes): string {
  const path = text(location, 'absolute_file_path') ?? ''
  const line = text(part(location, 'line_range'), 'start')
  return line === null ? path : `${path}:${line}`
}
