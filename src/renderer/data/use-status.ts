import { inject, provide } from 'vue'
import type { InjectionKey } from 'vue'
import type { Status } from '../../contract/status.ts'
import { useQuery } from './use-query.ts'
import type { Query } from './use-query.ts'

const statusKey: InjectionKey<Query<Status>> = Symbol('status')

/** The frame asks for the status once; every view below reads the same answer. */
export function provideStatus(): Query<Status> {
  const query = useQuery('status', {}, ['status', 'sessions'])
  provide(statusKey, query)
  return query
}

export function useStatus(): Query<Status> {
  const query = inject(statusKey)
  if (!query) throw new Error('The status is read outside the frame.')
  return query
}
