import type { TreeRow } from '../../../../src/model/tree/row.ts'

export function treeRow(id: string, over: Partial<TreeRow> = {}): TreeRow {
  return {
    id,
    parentId: null,
    kind: 'tool_call',
    label: id,
    detail: '',
    startMs: 0,
    durationMs: 100,
    atMost: false,
    untimed: false,
    status: 'ok',
    spanCount: 1,
    failures: 0,
    parts: [],
    note: '',
    sessionId: 's',
    turnId: null,
    callId: null,
    ...over,
  }
}
