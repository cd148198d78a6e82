import {
  Bot,
  ChevronsDownUp,
  CircleAlert,
  FileDiff,
  Flag,
  GitBranch,
  ListChecks,
  MessageSquare,
  MessagesSquare,
  Search,
  Sparkle,
  SquareTerminal,
  Undo2,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { ItemKind } from '../../../../model/codex/conversation/item.ts'

interface Look {
  readonly name: string
  readonly icon: Component
  /** A colour of the palette: what this kind of work has everywhere. */
  readonly colour: string
}

export const looks: Readonly<Record<ItemKind, Look>> = {
  turn: { name: 'Turn', icon: Flag, colour: '--muted' },
  prompt: { name: 'Prompt', icon: MessageSquare, colour: '--accent' },
  reply: { name: 'Reply', icon: Bot, colour: '--model' },
  reasoning: { name: 'Reasoning', icon: Sparkle, colour: '--model' },
  tool: { name: 'Tool call', icon: SquareTerminal, colour: '--tool' },
  patch: { name: 'Patch', icon: FileDiff, colour: '--tool' },
  plan: { name: 'Plan', icon: ListChecks, colour: '--model' },
  agent: { name: 'Sub-agent', icon: GitBranch, colour: '--helper' },
  message: { name: 'Message', icon: MessagesSquare, colour: '--helper' },
  review: { name: 'Review', icon: Search, colour: '--model' },
  compaction: { name: 'Compaction', icon: ChevronsDownUp, colour: '--model' },
  ending: { name: 'Ending', icon: CircleAlert, colour: '--error' },
  error: { name: 'Error', icon: CircleAlert, colour: '--error' },
  origin: { name: 'Origin', icon: Undo2, colour: '--helper' },
}
