import { html, type TemplateResult } from 'lit';

type Block = { readonly kind: 'list'; readonly items: string[] } | { readonly kind: 'heading' | 'text'; readonly text: string };

/** A section of a changelog: headings, lists, paragraphs and `code`. Anything else of Markdown stays readable as text. */
export function changes(markdown: string): TemplateResult {
  return html`<div class="changes">
    ${parseChanges(markdown).map((block) => {
      if (block.kind === 'list') return html`<ul>${block.items.map((item) => html`<li>${inline(item)}</li>`)}</ul>`;
      return block.kind === 'heading' ? html`<h3>${inline(block.text)}</h3>` : html`<p>${inline(block.text)}</p>`;
    })}
  </div>`;
}

/** Lines to blocks; an indented line or a line without a marker continues what stands before it. */
export function parseChanges(markdown: string): Block[] {
  const blocks: Block[] = [];
  let isNew = true;
  for (const line of markdown.split(/\r?\n/)) {
    const text = line.trim();
    const last = blocks.at(-1);
    const heading = /^#{1,6}\s+(.*)$/.exec(text)?.[1];
    const item = /^[-*+]\s+(.*)$/.exec(text)?.[1];
    if (heading !== undefined) blocks.push({ kind: 'heading', text: heading });
    else if (item !== undefined) {
      if (last?.kind === 'list') last.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else if (text !== '') {
      if (last?.kind === 'list' && !isNew) last.items.push(`${last.items.pop() ?? ''} ${text}`);
      else if (last?.kind === 'text' && !isNew) blocks[blocks.length - 1] = { kind: 'text', text: `${last.text} ${text}` };
      else blocks.push({ kind: 'text', text });
    }
    isNew = text === '' || heading !== undefined;
  }
  return blocks;
}

/** `code` and **strong**; links keep their words. */
function inline(text: string): (string | TemplateResult)[] {
  return text
    .replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1')
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((part) => {
      if (part.startsWith('`') && part.length > 2) return html`<code>${part.slice(1, -1)}</code>`;
      return part.startsWith('**') && part.length > 4 ? html`<strong>${part.slice(2, -2)}</strong>` : part;
    });
}
