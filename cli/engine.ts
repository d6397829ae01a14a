import { createEngine } from '../installer/engine.ts';
import type { Engine } from '../installer/engine-types.ts';
import { nodePorts } from '../installer/node-ports.ts';
import type { Session } from './session.ts';

export function openEngine(given: { readonly session: Session; readonly serviceUrl: string; readonly cwd: string }): Engine {
  const { session, serviceUrl, cwd } = given;
  return createEngine({
    ports: nodePorts(),
    serviceUrl,
    token: () => session.token(serviceUrl),
    workspaceRoot: cwd,
    userDir: session.userDir,
  });
}
