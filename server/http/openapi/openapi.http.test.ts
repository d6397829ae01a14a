import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../../contract/routes.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';
import { type OpenApiDocument, openApiPath } from './document.ts';

let service: TestService;
let document: OpenApiDocument;
beforeAll(async () => {
  service = await startTestService();
  document = (await (await service.request('/api/v1/openapi.json')).json()) as OpenApiDocument;
});
afterAll(() => service.close());

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : references(inner)));
}

describe('the OpenAPI document', () => {
  it('describes every mounted JSON route, and every JSON route it describes is mounted', () => {
    const mounted = service.service.features.flatMap((feature) => feature.routes ?? []).map(({ definition }) => definition);
    for (const { id, path, method } of mounted) {
      expect(document.paths[openApiPath(path)]?.[method.toLowerCase()]?.operationId, id).toBe(id);
    }
    const described = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .filter((operation) => operation['x-protocol'] === undefined)
      .map((operation) => operation.operationId);
    expect(described.sort()).toEqual(mounted.map(({ id }) => id).sort());
  });

  it('has every route of the contract, because every one is mounted', () => {
    const mounted = service.service.features.flatMap((feature) => feature.routes ?? []).map(({ definition }) => definition.id);
    expect([...mounted].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it('lists every protocol route', () => {
    for (const route of service.service.features.flatMap((feature) => feature.protocolRoutes ?? [])) {
      for (const path of route.paths)
        expect(document.paths[openApiPath(path)]?.[route.method.toLowerCase()], `${route.method} ${path}`).toBeDefined();
    }
  });

  it('gives every operation an id of its own and path parameters that its path has', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const given = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect(given.sort(), path).toEqual(named);
    }
  });

  it('refers only to shapes it holds', () => {
    for (const reference of references(document)) {
      expect(document.components.schemas, reference).toHaveProperty([reference.replace('#/components/schemas/', '')]);
    }
    expect(references(document.components)).toContain('#/components/schemas/AgentSummary');
  });

  it('lists the problem codes of a route by status', () => {
    const operation = document.paths['/api/v1/agents/{scope}/{slug}']!.get!;
    expect(operation.responses[404]!.description).toContain('agent_not_found');
    expect(operation.responses[429]!.content).toHaveProperty(['application/problem+json']);
    expect(document.paths['/api/v1/me']!.get!.security).toEqual([{ token: [] }]);
  });

  it('has a page for people that loads nothing from elsewhere', async () => {
    const response = await service.request('/api/docs');
    expect(response.headers.get('content-type')).toContain('text/html');
    const html = await response.text();
    expect(html).not.toMatch(/<script|src=|<link/);
    for (const id of Object.keys(ROUTES)) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('id="error-version_exists"');
  });
});
