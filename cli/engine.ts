import { createEngine } from '../installer/engine.ts';
import type { Engine } from '../installer/engine-types.ts';
import { nodePorts } from '../installer/node-ports.ts';
import { httpGet } from './http-get.ts';
import type { Session } from './session.ts';

/** Set by the build: a hash over the sources of the package checks. */
declare const CHECKS_STAMP: string | undefined;

export function openEngine(given: { readonly session: Session; readonly serviceUrl: string; readonly cwd: string }): Engine {
  const { session, serviceUrl, cwd } = given;
  return createEngine({
    ports: nodePorts({ fetch: httpGet }),
    serviceUrl,
    token: () => session.token(serviceUrl),
    workspaceRoot: cwd,
    userDir: session.userDir,
    ...(typeof CHECKS_STAMP === 'string' ? { checksStamp: CHECKS_STAMP } : {}),
  });
}
