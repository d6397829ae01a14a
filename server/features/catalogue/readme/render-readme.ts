import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { LIMITS } from '../../../../contract/limits.ts';

export interface ReadmeContext {
  /** Address of a picture that lies in the package, by its path from the package root; undefined when there is none. */
  readonly pictureAt: (path: string) => string | undefined;
  /** Web address of the repository, for relative links; only GitHub's form is known. */
  readonly repositoryUrl?: string | undefined;
}

const ID_PREFIX = 'readme-';
/** markdown-it's time for a table grows with the square of its columns. */
const MAX_PIPES = 100;
const MAX_NESTING = 20;

const markdown = new MarkdownIt({ html: true, linkify: true, maxNesting: MAX_NESTING } as never);
markdown.core.ruler.push('heading_ids', (state) => {
  const seen = new Map<string, number>();
  state.tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return;
    const slug = slugOf(state.tokens[index + 1]?.content ?? '');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    token.attrSet('id', ID_PREFIX + (count === 0 ? slug : `${slug}-${count}`));
  });
});

/** GitHub's rule, so that tables of contents written for it work. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

const HEADINGS = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6', h6: 'h6' } as const;
const TAGS =
  'h2 h3 h4 h5 h6 p br hr blockquote pre code kbd samp var ul ol li dl dt dd table thead tbody tfoot tr th td a img em strong b i s u del ins sub sup small mark q abbr details summary div span'.split(
    ' ',
  );

/**
 * README as HTML that is safe in our pages and in webviews: no scripts, styles, forms, frames or foreign ids; headings start at
 * h2 below the page's own; pictures only from https or from the package; links open nothing of ours to the other side.
 */
export function renderReadme(text: string, context: ReadmeContext): string {
  const html = markdown.render(tame(text));
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': ['id', 'title', 'lang', 'dir'],
      a: ['href', 'rel'],
      img: ['src', 'alt', 'width', 'height', 'loading', 'referrerpolicy'],
      th: ['colspan', 'rowspan', 'align', 'scope'],
      td: ['colspan', 'rowspan', 'align'],
      ol: ['start', 'reversed'],
      details: ['open'],
      code: ['class'],
    },
    allowedClasses: { code: [/^language-[\w+#-]{1,30}$/] },
    allowedSchemes: ['https', 'http', 'mailto'],
    allowedSchemesByTag: { img: ['https'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    nestingLimit: 100,
    transformTags: {
      '*': (tagName, attributes) => ({ tagName: shiftHeading(tagName), attribs: withOwnId(attributes) }),
      a: (tagName, attributes) => ({ tagName, attribs: linkAttributes(attributes, context) }),
      img: (tagName, attributes) => ({ tagName, attribs: pictureAttributes(attributes, context) }),
    } as sanitizeHtml.IOptions['transformTags'] & object,
    exclusiveFilter: (frame) => frame.tag === 'img' && frame.attribs.src === undefined,
  });
}

/** Bounds the input: size, and the tables that would take seconds. */
function tame(text: string): string {
  return text
    .slice(0, LIMITS.readmeBytes)
    .split('\n')
    .map((line) => (isWideTable(line) ? line.replaceAll('|', '\\|') : line))
    .join('\n');
}

function isWideTable(line: string): boolean {
  let pipes = 0;
  for (let at = line.indexOf('|'); at >= 0; at = line.indexOf('|', at + 1)) if (++pipes > MAX_PIPES) return true;
  return false;
}

type Attributes = Record<string, string>;

function shiftHeading(tag: string): string {
  return Object.hasOwn(HEADINGS, tag) ? HEADINGS[tag as keyof typeof HEADINGS] : tag;
}

/** Ids of ours and of the page must not be taken over by a package's text. */
function withOwnId(attributes: Attributes): Attributes {
  const { id, ...rest } = attributes;
  if (id === undefined) return rest;
  return { ...rest, id: id.startsWith(ID_PREFIX) ? id : ID_PREFIX + id };
}

function linkAttributes(attributes: Attributes, context: ReadmeContext): Attributes {
  const { href, ...rest } = withOwnId(attributes);
  const target = href === undefined ? undefined : linkTarget(href.trim(), context);
  return target === undefined ? rest : { ...rest, href: target, rel: 'noopener nofollow' };
}

function linkTarget(href: string, { repositoryUrl }: ReadmeContext): string | undefined {
  if (href.startsWith('#')) return `#${ID_PREFIX}${href.slice(1)}`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
  const path = packagePath(href);
  const isGitHub = repositoryUrl?.startsWith('https://github.com/') ?? false;
  return path === undefined || !isGitHub ? undefined : `${repositoryUrl}/blob/HEAD/${path}`;
}

function pictureAttributes(attributes: Attributes, context: ReadmeContext): Attributes {
  const { src, ...rest } = withOwnId(attributes);
  const address = src === undefined ? undefined : pictureAddress(src.trim(), context);
  return address === undefined ? rest : { ...rest, src: address, loading: 'lazy', referrerpolicy: 'no-referrer' };
}

function pictureAddress(src: string, { pictureAt }: ReadmeContext): string | undefined {
  if (/^https:\/\//i.test(src)) return src;
  const path = packagePath(src);
  return path === undefined ? undefined : pictureAt(decodePath(path));
}

/** A relative address as a path from the package root; undefined for addresses with a scheme or host, and for ways out. */
export function packagePath(address: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('//') || address.includes('\\')) return undefined;
  const parts: string[] = [];
  for (const part of (address.split(/[?#]/, 1)[0] ?? '').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else {
      parts.push(part);
    }
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const PICTURE = /!\[[^\]]{0,500}\]\(\s*<?([^)\s>]{1,500})|<img\b[^>]{0,500}?\bsrc\s*=\s*["']?([^"'\s>]{1,500})/gi;

/** Paths of pictures in the package that a README may show. Finds too much rather than too little: only real files matter. */
export function pictureReferences(text: string): string[] {
  const paths = new Set<string>();
  const references = /^ {0,3}\[[^\]\n]{1,200}\]:\s*<?(\S{1,500}?)>?(?:\s|$)/gm;
  for (const match of [...text.matchAll(PICTURE), ...text.matchAll(references)]) {
    const path = packagePath(match[1] ?? match[2] ?? '');
    if (path !== undefined) paths.add(decodePath(path));
  }
  return [...paths];
}
