import { ApiError } from '../../contract/client.ts';
import { type ErrorCode, isErrorCode, ProblemSchema } from '../../contract/errors.ts';
import { type PublishParts, publishDocument } from './publish-document-core.ts';

const TIMEOUT_MS = 120_000;

/** Publishes through the registry, as `npm publish` does. Throws ApiError; a refused package carries its findings in the problem. */
export async function uploadPackage(serviceUrl: string, token: string, parts: PublishParts): Promise<void> {
  const url = `${serviceUrl}/npm/${parts.name.replace('/', '%2f')}`;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(publishDocument(parts)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new ApiError('unreachable', `no answer from ${serviceUrl}`, { url, cause });
  }
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => undefined);
  const problem = ProblemSchema.safeParse(body);
  if (!problem.success || !isErrorCode(problem.data.code)) {
    throw new ApiError('unexpected_answer', `${url} answered ${response.status}`, { url, status: response.status });
  }
  const code: ErrorCode = problem.data.code;
  throw new ApiError(code, problem.data.detail ?? problem.data.title, { url, status: response.status, problem: problem.data });
}
