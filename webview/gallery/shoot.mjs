// Pictures and an accessibility check of the gallery:  node webview/gallery/shoot.mjs [part of a name …]   -> test/out/gallery/*.png
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startGallery } from './serve.mjs';

const out = resolve(fileURLToPath(import.meta.url), '../../../test/out/gallery');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const wanted = process.argv.slice(2);
const TABS = { capabilities: 'What it can do', versions: 'Versions', statistics: 'Statistics' };

/** Every picture: name, address, width, colour scheme, what to press first. */
function plan(gallery) {
  const shots = [];
  const add = (name, path, width, extra = {}) => shots.push({ name, path, width, height: 900, scheme: 'dark', ...extra });
  for (const theme of gallery.themes) {
    for (const name of gallery.ide) {
      const isView = name.startsWith('insights');
      add(`ide-${name}-${theme}`, `/ide/${name}?theme=${theme}`, isView ? 300 : 1000, isView ? { height: 620 } : {});
    }
    for (const [id, tab] of Object.entries(TABS)) add(`ide-detail-${id}-${theme}`, `/ide/detail?theme=${theme}`, 1000, { tab });
    add(`ide-insights-table-${theme}`, `/ide/insights?theme=${theme}`, 300, { press: 'Show the table', height: 620 });
  }
  add('ide-detail-narrow-dark', '/ide/detail?theme=dark', 420);
  add('ide-detail-capabilities-narrow-dark', '/ide/detail?theme=dark', 420, { tab: TABS.capabilities });
  add('ide-detail-untrusted-statistics-dark', '/ide/detail-untrusted?theme=dark', 1000, { tab: TABS.statistics });
  add('ide-detail-untrusted-versions-dark', '/ide/detail-untrusted?theme=dark', 1000, { tab: TABS.versions });
  const webName = (path) => path.replace(/[^a-z-]+/g, '-').replace(/^-|-$/g, '') || 'home';
  for (const scheme of ['light', 'dark']) {
    for (const path of gallery.web)
      for (const width of [1440, 375]) add(`web-${webName(path)}-${width}-${scheme}`, path, width, { scheme });
    for (const [id, tab] of Object.entries(TABS))
      add(`web-agent-${id}-${scheme}`, '/agents/@coditect/review-board', 1280, { scheme, tab });
  }
  add('web-nojs-home', '/', 1280, { scheme: 'light', noScript: true });
  add('web-nojs-agent', '/agents/@coditect/review-board#versions', 1280, { scheme: 'light', noScript: true });
  add('web-home-800', '/', 800, { scheme: 'light' });
  add('web-home-forced', '/', 1280, { scheme: 'dark', forced: true });
  return shots.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
}

const gallery = await startGallery();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS.split(' ') });
mkdirSync(out, { recursive: true });
let problems = 0;
const complain = (name, text) => {
  problems += 1;
  console.log(`${name}: ${text}`);
};
try {
  for (const shot of plan(gallery)) {
    const context = await browser.newContext({
      viewport: { width: shot.width, height: shot.height },
      colorScheme: shot.scheme,
      javaScriptEnabled: shot.noScript !== true,
      forcedColors: shot.forced === true ? 'active' : 'none',
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      const isExpected = /example/.test(message.location().url + message.text());
      if (['error', 'warning'].includes(message.type()) && !isExpected) complain(shot.name, message.text());
    });
    page.on('pageerror', (error) => complain(shot.name, error.message));
    await page.route(/example\.com|ci\.example/, (route) => route.abort());
    await page.goto(gallery.origin + shot.path, { waitUntil: 'load' });
    if (shot.noScript !== true) {
      await page.locator('main').first().waitFor();
      if (shot.tab !== undefined) await page.getByRole('tab', { name: shot.tab }).click();
      if (shot.press !== undefined) await page.getByRole('button', { name: shot.press }).click();
      await page.waitForTimeout(150);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const { id, impact, nodes } of violations) {
        complain(
          shot.name,
          `axe ${impact} ${id}: ${nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 120))
            .join(' | ')} (${nodes.length})`,
        );
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) complain(shot.name, `scrolls sideways by ${overflow} px`);
    }
    await page.screenshot({ path: join(out, `${shot.name}.png`), fullPage: true });
    await context.close();
  }
} finally {
  await browser.close();
  await gallery.close();
}
console.log(`${out}: ${problems} problem${problems === 1 ? '' : 's'}`);
process.exitCode = problems === 0 ? 0 : 1;
