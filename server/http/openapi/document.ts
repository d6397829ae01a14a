import type * as z from 'zod/mini';
import { ERRORS, type ErrorCode, ProblemSchema } from '../../../contract/errors.ts';
import type { RouteDefinition } from '../../../contract/routes.ts';
import type { ProtocolRoute } from '../route.ts';
import { SchemaWriter } from './schemas.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}
interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** Set on routes whose bodies another protocol defines. */
  readonly 'x-protocol'?: string;
}
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string; readonly license: object };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes: object };
}

const TAGS = {
  catalogue: 'Finding agents and reading about them.',
  publishing: 'What publishers see of their own agents. Publishing itself goes through the npm protocol.',
  accounts: 'Sign-in and tokens.',
  usage: 'Usage events in, statistics out.',
  npm: 'The npm registry protocol under /npm: the bodies are npm’s own.',
  pages: 'Web pages, pictures and downloads.',
  operations: 'Health and metrics.',
} as const;

const COMMON_ERRORS: readonly ErrorCode[] = ['invalid_request', 'rate_limited', 'internal', 'unavailable'];
const AUTH_ERRORS: readonly ErrorCode[] = ['unauthenticated', 'forbidden'];

/** `/agents/:scope` as OpenAPI writes it: `/agents/{scope}`. */
export function openApiPath(path: string): string {
  return path.replace(/[:*]([a-zA-Z]+)/g, '{$1}').replace(/\{\{(\w+)\}\}/g, '{$1}');
}

/** Makes the OpenAPI 3.1 document from the very routes that are mounted; JSON routes with the schemas that parse their requests. */
export function buildOpenApi(
  jsonRoutes: readonly RouteDefinition[],
  protocolRoutes: readonly ProtocolRoute[],
  version: string,
): OpenApiDocument {
  const writer = new SchemaWriter();
  const problem = writer.write(ProblemSchema, 'output');
  const paths: Record<string, Record<string, Operation>> = {};
  const add = (path: string, method: string, operation: Operation) => {
    const key = openApiPath(path);
    paths[key] = { [method.toLowerCase()]: operation, ...paths[key] };
  };
  for (const definition of jsonRoutes) {
    add(definition.path, definition.method, jsonOperation(definition, writer, problem));
  }
  for (const route of protocolRoutes) {
    route.paths.forEach((text, index) => {
      add(text, route.method, protocolOperation(route, text, index, problem));
    });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'CODITECT Agents',
      version,
      description:
        'Marketplace and usage API. Errors are problem documents (RFC 9457) whose `code` is stable; lists page by an opaque cursor.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(writer.components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'cdt_…', description: 'An access token.' } },
    },
  };
}

function jsonOperation(definition: RouteDefinition, writer: SchemaWriter, problem: JsonSchema): Operation {
  const parameters = [...parametersOf(definition.params, 'path', writer), ...parametersOf(definition.query, 'query', writer)];
  const success: Record<string, Response> =
    definition.response === undefined
      ? { 204: { description: 'Done.' } }
      : { 200: { description: 'OK', content: { 'application/json': { schema: writer.write(definition.response, 'output') } } } };
  return {
    operationId: definition.id,
    summary: definition.summary,
    tags: [definition.tag],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(definition.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: writer.write(definition.body, 'input') } } } }),
    responses: { ...success, ...problemResponses(errorsOf(definition), problem) },
    ...securityOf(definition.auth),
  };
}

function protocolOperation(route: ProtocolRoute, path: string, index: number, problem: JsonSchema): Operation {
  const parameters = [...path.matchAll(/[:*]([a-zA-Z]+)/g)].map(
    ([, name = '']): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' } }),
  );
  const codes = route.auth === 'public' ? COMMON_ERRORS : [...COMMON_ERRORS, ...AUTH_ERRORS];
  return {
    operationId: index === 0 ? route.id : `${route.id}${index + 1}`,
    summary: route.summary,
    tags: [route.tag],
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: { 200: { description: 'As its protocol defines.' }, ...problemResponses(codes, problem) },
    ...securityOf(route.auth),
    'x-protocol': route.tag,
  };
}

function securityOf(auth: RouteDefinition['auth']) {
  return auth === 'public' ? {} : { security: [{ token: [] }] };
}

function parametersOf(schema: z.core.$ZodType | undefined, place: 'path' | 'query', writer: SchemaWriter): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = writer.write(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property as JsonSchema,
  }));
}

function errorsOf(definition: RouteDefinition): readonly ErrorCode[] {
  const body: readonly ErrorCode[] =
    definition.body === undefined ? [] : ['invalid_json', 'payload_too_large', 'unsupported_media_type'];
  const params: readonly ErrorCode[] = definition.params === undefined ? [] : ['not_found'];
  const auth = definition.auth === 'public' ? [] : AUTH_ERRORS;
  return [...COMMON_ERRORS, ...auth, ...body, ...params, ...(definition.errors ?? [])];
}

/** One response per status; its text lists the codes. */
function problemResponses(codes: readonly ErrorCode[], problem: JsonSchema): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const code of new Set(codes)) {
    const { status, title } = ERRORS[code];
    const before = responses[status]?.description;
    const line = `\`${code}\`: ${title}`;
    responses[status] = {
      description: before === undefined ? line : `${before} ${line}`,
      content: { 'application/problem+json': { schema: problem } },
    };
  }
  return responses;
}
