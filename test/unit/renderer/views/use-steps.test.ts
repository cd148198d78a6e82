import { expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useSteps } from '../../../../src/renderer/views/explore/use-steps.ts'

it('waits for no step of what is stopped, asked for otherwise, or looked at by nobody any more', async () => {
  const range = ref(1)
  const left: number[] = []
  const scope = effectScope()
  const steps = scope.run(() =>
    useSteps(
      () => range.value,
      (_after, signal) => {
        const asked = range.value
        signal.addEventListener('abort', () => void left.push(asked))
        return new Promise(() => undefined)
      },
      () => undefined,
      () => false,
    ),
  )
  steps?.stop()
  expect([steps?.state.value, left]).toEqual(['stopped', [1]])
  steps?.goOn()
  range.value = 2
  await nextTick()
  expect(left).toEqual([1, 1])
  scope.stop()
  expect(left).toEqual([1, 1, 2])
})
