import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take far longer than their size lets one expect: a fresh clone knows nothing else of a file. */
const dearest = ['team/clickhouse', 'exchange/round-trip', 'history/joined', 'patterns/linear']

const isDear = ({ moduleId }: TestSpecification): boolean =>
  dearest.some((name) => moduleId.endsWith(`/${name}.test.ts`))

/** Starts them first, for what is begun last is waited for alone. */
export class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...new Set(sorted.map(({ project }) => project))].flatMap((project) => {
      const own = sorted.filter((file) => file.project === project)
      return [...own.filter(isDear), ...own.filter((file) => !isDear(file))]
    })
  }
}
