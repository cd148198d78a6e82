import type { Token, Tokens } from 'marked'
import { computed, defineComponent, h, type VNodeChild } from 'vue'
import { visibleLines } from '../../../model/visible.ts'
import { useLinks } from './links.ts'
import { addressOf, parseMarkdown } from './parse.ts'
import './markdown.css'

type Draw = (token: Token) => VNodeChild

/** Deeper than this, a text is drawn without its marks. */
const deepest = 24

/**
 * A text of a model as Markdown. It becomes elements of the page's own, never HTML: tags are text, an image is the name of one, and a
 * link is asked about before it leads anywhere.
 */
export default defineComponent({
  props: { text: { type: String, required: true } },
  setup(props) {
    const tokens = computed(() => parseMarkdown(props.text))
    const openLink = useLinks()
    return () =>
      tokens.value === null
        ? h('div', { class: 'markdown plain' }, visibleLines(props.text))
        : h('div', { class: 'markdown' }, drawAll(tokens.value, 0))

    function drawAll(children: readonly Token[] | undefined, depth: number): VNodeChild[] {
      return (children ?? []).map((token) => draw(token, depth))
    }

    function draw(token: Token, depth: number): VNodeChild {
      if (depth > deepest) return visibleLines(token.raw)
      const inside = (): VNodeChild[] => drawAll('tokens' in token ? token.tokens : undefined, depth + 1)
      const drawers: Partial<Record<string, Draw>> = {
        space: () => null,
        def: () => null,
        hr: () => h('hr'),
        br: () => h('br'),
        heading: () => h('p', { class: `title l${String((token as Tokens.Heading).depth)}` }, inside()),
        paragraph: () => h('p', inside()),
        blockquote: () => h('blockquote', inside()),
        code: () => codeBlock(token as Tokens.Code),
        list: () => list(token as Tokens.List, depth),
        table: () => table(token as Tokens.Table, depth),
        strong: () => h('strong', inside()),
        em: () => h('em', inside()),
        del: () => h('del', inside()),
        codespan: () => h('code', visibleLines((token as Tokens.Codespan).text)),
        checkbox: () => ((token as Tokens.Checkbox).checked ? '☑ ' : '☐ '),
        link: () => link(token as Tokens.Link, inside),
        image: () => image(token as Tokens.Image),
      }
      const drawer = drawers[token.type]
      if (drawer) return drawer(token)
      return 'tokens' in token && token.tokens
        ? inside()
        : visibleLines('text' in token ? String(token.text) : token.raw)
    }

    function list(token: Tokens.List, depth: number): VNodeChild {
      const items = token.items.map((item) => h('li', { class: { task: item.task } }, drawAll(item.tokens, depth + 1)))
      return token.ordered ? h('ol', { start: token.start === '' ? 1 : token.start }, items) : h('ul', items)
    }

    function table({ header, rows }: Tokens.Table, depth: number): VNodeChild {
      const cell = (tag: 'th' | 'td', { tokens: inner, align }: Tokens.TableCell): VNodeChild =>
        h(tag, align ? { style: { textAlign: align } } : {}, drawAll(inner, depth + 1))
      return h('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' }, [
        h('table', [
          h(
            'thead',
            h(
              'tr',
              header.map((of) => cell('th', of)),
            ),
          ),
          h(
            'tbody',
            rows.map((row) =>
              h(
                'tr',
                row.map((of) => cell('td', of)),
              ),
            ),
          ),
        ]),
      ])
    }

    function link({ href, text }: Tokens.Link, inside: () => VNodeChild[]): VNodeChild {
      const address = addressOf(href)
      if (address === null) return h('span', { title: visibleLines(href) }, inside())
      const open = (event: Event): void => {
        event.stopPropagation()
        openLink(address)
      }
      const label = text === href ? {} : { title: visibleLines(href) }
      return h('button', { type: 'button', class: 'link', ...label, onClick: open }, inside())
    }
  },
})

function codeBlock({ text, lang }: Tokens.Code): VNodeChild {
  const name = lang ? `Code, ${lang}` : 'Code'
  return h('pre', { tabindex: 0, role: 'group', 'aria-label': visibleLines(name) }, h('code', visibleLines(text)))
}

/** Looking at an image of elsewhere would tell its server who reads what. */
function image({ href, text }: Tokens.Image): VNodeChild {
  return h('span', { class: 'image', title: 'Colophon does not load images from elsewhere' }, [
    `image: ${visibleLines(text === '' ? href : text)}`,
  ])
}
