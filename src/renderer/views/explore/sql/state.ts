import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Value } from '../../../../contract/index.ts'
import { examples } from './examples.ts'

/** The statement and its rows stay while other views are open. */
export const useSqlState = defineStore('sql', () => {
  const statement = ref(examples[0]?.sql ?? '')
  const result = shallowRef<Value<'sql.run'> | null>(null)
  return { statement, result }
})
