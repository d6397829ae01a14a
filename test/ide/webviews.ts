import type { Frame, Page } from 'playwright-core';
import { findViolations, type Violation } from '../lib/chromium.ts';
import { until } from '../lib/wait.ts';
import { clean } from './match.ts';

export interface Webview {
  readonly frame: Frame;
  readonly title: string | undefined;
  readonly isVisible: boolean;
  readonly text: string;
}

/** Webviews on screen. VS Code nests two frames: `iframe.webview` (its own page) > `iframe#active-frame` (ours). */
export function createWebviews(page: Page) {
  async function webviews(): Promise<Webview[]> {
    const found: Webview[] = [];
    for (const frame of page.frames()) {
      const view = await readWebview(frame).catch(() => undefined); // a frame may go while it is read
      if (view !== undefined) found.push(view);
    }
    return found;
  }

  async function holds(view: Webview, wanted: string): Promise<boolean> {
    if (view.text.includes(wanted)) return true;
    try {
      return (await view.frame.locator(wanted).count()) > 0;
    } catch {
      return false; // a text that is no selector
    }
  }

  /** Inner frame that holds a text or a CSS selector, open shadow roots included. */
  function frameWith(wanted: string, timeoutMs = 10_000): Promise<Frame> {
    const probe = async () => {
      for (const view of await webviews()) if (await holds(view, wanted)) return view.frame;
      return undefined;
    };
    return until(probe, timeoutMs, async () => {
      const seen = (await webviews()).map((view) => JSON.stringify(view.text.slice(0, 300)));
      return `no webview with "${wanted}"; there are: ${seen.join(' | ') || 'none'}`;
    });
  }

  /** axe-core on a webview. It is transparent, so contrast would be measured on white without the colour behind it. */
  async function violationsIn(frame: Frame): Promise<Violation[]> {
    const colour = await colourBehind(page, frame);
    await frame.evaluate((value) => {
      document.documentElement.style.backgroundColor = value;
    }, colour);
    return findViolations(frame);
  }

  return { webviews, frameWith, violationsIn };
}

async function readWebview(frame: Frame): Promise<Webview | undefined> {
  const outerFrame = frame.parentFrame();
  if (outerFrame === null) return undefined;
  const element = await frame.frameElement();
  if ((await element.getAttribute('id')) !== 'active-frame') return undefined;
  const outer = await outerFrame.frameElement();
  return {
    frame,
    title: (await element.getAttribute('title')) ?? undefined,
    isVisible: await outer.isVisible(),
    text: clean(await frame.evaluate(deepText)),
  };
}

/** Text of a document with its open shadow roots: innerText does not look into web components. */
function deepText(): string {
  const out: string[] = [];
  const walk = (node: Node) => {
    if (node instanceof Text && node.data.trim()) out.push(node.data.trim());
    if (/^(STYLE|SCRIPT|TEMPLATE)$/.test(node.nodeName)) return;
    if (node instanceof Element && node.shadowRoot) walk(node.shadowRoot);
    const isFilled = node instanceof HTMLSlotElement && node.assignedNodes().length > 0;
    for (const child of isFilled ? [] : node.childNodes) walk(child);
  };
  walk(document.body);
  return out.join(' ');
}

/** Colour of the workbench part that a webview lies on. */
async function colourBehind(page: Page, frame: Frame): Promise<string> {
  const outer = await frame.parentFrame()?.frameElement();
  const box = await outer?.boundingBox();
  if (!box) return '';
  return page.evaluate(({ x, y, width, height }) => {
    const holdsCentre = (part: Element | null) => {
      const area = part?.getBoundingClientRect();
      const [centreX, centreY] = [x + width / 2, y + height / 2];
      return area && centreX > area.left && centreX < area.right && centreY > area.top && centreY < area.bottom;
    };
    const parts = ['sidebar', 'auxiliarybar', 'panel', 'editor'].map((name) => document.querySelector(`.part.${name}`));
    const inside = parts.find(holdsCentre);
    for (let each = inside?.querySelector('.editor-container, .pane-body') ?? inside; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/, 0\)|transparent/.test(colour)) return colour;
    }
    return '';
  }, box);
}
