import type { Problem } from '../../contract/errors.ts';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A plain page about a problem, needing nothing else of the site. */
export function renderPlainErrorPage(problem: Problem): string {
  const detail = problem.detail === undefined ? '' : `<p>${escapeHtml(problem.detail)}</p>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(problem.title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}small{opacity:.7}</style>
<h1>${escapeHtml(problem.title)}</h1>${detail}<p><a href="/">To the storefront</a></p>
<small>${problem.status} ${escapeHtml(problem.code)} · request ${escapeHtml(problem.requestId ?? '')}</small></html>`;
}
