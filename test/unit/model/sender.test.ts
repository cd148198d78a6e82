import { expect, test } from 'vitest'
import { isCodex, isCodexName } from '../../../src/model/codex/sender.ts'

test.each([
  ['codex_exec', true],
  ['codex_cli_rs', true],
  ['codex-app-server', true],
  ['codex_otel.log_only', true],
  ['codex', true],
  ['codexa', false],
  ['my-codex_exec', false],
])('%s is a name of Codex: %s', (name, expected) => {
  expect(isCodexName(name)).toBe(expected)
})

const said = { name: 'chat', service: 'Zed', scope: 'zed', attributes: {} }

test.each([
  [{ name: 'codex.tool_result' }],
  [{ scope: 'codex_otel.log_only' }],
  [{ attributes: { 'conversation.id': 'c' } }],
  [{ attributes: { target: 'codex_core::codex', 'gen_ai.usage.input_tokens': 3 } }],
  [{ attributes: { 'code.module.name': 'codex_core::client', 'gen_ai.operation.name': 'chat' } }],
  [{ service: 'codex_exec', attributes: { 'gen_ai.operation.name': 'chat' } }],
])('a record that says %j is Codex, whatever its sender is called', (own) => {
  expect(isCodex({ ...said, ...own })).toBe(true)
})

test.each([
  [{ attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': 'c' } }],
  [{ attributes: { 'gen_ai.operation.name': 'chat', 'conversation.id': 'c' } }],
  [{ attributes: { 'thread.id': 'main', target: 'my_app::codex' } }],
  [{}],
])('a record that says %j is not', (own) => {
  expect(isCodex({ ...said, ...own })).toBe(false)
})
