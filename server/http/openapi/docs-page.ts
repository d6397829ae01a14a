import { ERRORS } from '../../../contract/errors.ts';
import type { OpenApiDocument, Operation } from './document.ts';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `body{font:15px/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:2rem 1rem;color-scheme:light dark}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:12px;border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:6px}
details{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:8px 0}summary{cursor:pointer}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 12px 4px 0;vertical-align:top;border-top:1px solid color-mix(in srgb,currentColor 15%,transparent)}
.method{display:inline-block;min-width:4.5em;font-weight:600}.muted{opacity:.75}h2{margin-top:2.5rem}`;

function schemaText(schema: unknown): string {
  return `<pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (parameter) =>
      `<tr><td><code>${escapeHtml(parameter.name)}</code></td><td>${parameter.in}${parameter.required ? ', required' : ''}</td><td><code>${escapeHtml(JSON.stringify(parameter.schema))}</code></td></tr>`,
  );
  const body = operation.requestBody?.content['application/json'];
  const answers = Object.entries(operation.responses).map(([status, response]) => {
    const schema = response.content?.['application/json']?.schema;
    const text = escapeHtml(response.description).replace(/`([a-z_]+)`/g, '<a href="#error-$1"><code>$1</code></a>');
    return `<tr><td>${status}</td><td>${text}${schema === undefined ? '' : schemaText(schema)}</td></tr>`;
  });
  return `<details id="${escapeHtml(operation.operationId)}"><summary><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code>
 <span class="muted">${escapeHtml(operation.summary)}${operation.security === undefined ? '' : ' · needs a token'}</span></summary>
${parameters.length === 0 ? '' : `<table><tr><th>Parameter</th><th>Where</th><th>Shape</th></tr>${parameters.join('')}</table>`}
${body === undefined ? '' : `<h4>Body</h4>${schemaText(body.schema)}`}
<h4>Answers</h4><table>${answers.join('')}</table></details>`;
}

/** The readable form of the OpenAPI document: one page, no scripts, nothing from elsewhere. */
export function renderDocsPage(document: OpenApiDocument, schemas: Readonly<Record<string, unknown>>): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = document.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    if (own.length === 0) return '';
    return `<h2 id="${name}">${name}</h2><p>${escapeHtml(description)}</p>${own.map(({ method, path, operation }) => operationHtml(method, path, operation)).join('')}`;
  });
  const errors = Object.entries(ERRORS).map(
    ([code, entry]) =>
      `<tr id="error-${code}"><td><code>${code}</code></td><td>${entry.status}</td><td>${escapeHtml(entry.title)}</td><td>${entry.isRetryable ? 'yes' : 'no'}</td></tr>`,
  );
  const shapes = Object.entries(schemas).map(
    ([name, schema]) => `<details id="schema-${name}"><summary><code>${name}</code></summary>${schemaText(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API · CODITECT Agents</title><style>${STYLE}</style></head><body><p><a href="/">Storefront</a></p><h1>API</h1>
<p>${escapeHtml(document.info.description).replace(/`([^`]+)`/g, '<code>$1</code>')} Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<p>Sign in with a token: <code>Authorization: Bearer cdt_…</code>. Times are UTC in ISO 8601, sizes in bytes.</p>
${sections.join('')}<h2 id="errors">Errors</h2><table><tr><th>Code</th><th>Status</th><th>Meaning</th><th>Retry</th></tr>${errors.join('')}</table>
<h2 id="shapes">Shapes</h2>${shapes.join('')}</body></html>`;
}
