import { LIMITS } from '../../../../contract/limits.ts';
import type { Actor } from '../../../domain/actor.ts';
import { type Clock, isoTime } from '../../../domain/clock.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ProtocolAnswer, ProtocolRequest, ProtocolRoute } from '../../../http/route.ts';
import { findRelease, withDeprecations, withDistTag } from '../agent-record.ts';
import type { AgentSaver } from '../agent-saver.ts';
import { type PublishingService, requireScope } from '../publishing.service.ts';
import type { AgentRecord } from '../publishing.store.ts';
import { nameOf } from './npm-paths.ts';
import { parsePublishDocument, requireTagName } from './publish-document.ts';
import { FULL_TYPE } from './registry-reader.ts';

export interface WriteRoutesOptions {
  readonly publishing: PublishingService;
  readonly saver: AgentSaver;
  readonly clock: Clock;
  /** Parses a JSON body. Throws invalid_json. */
  readonly parseJson: (body: Buffer) => unknown;
}

/** A tarball grows by a third in base64; the rest is the manifest and npm's copy of the README. */
const PUBLISH_BODY_BYTES = Math.ceil((LIMITS.packedBytes * 4) / 3) + 2 * 1024 * 1024;

const PACKAGE_PATHS = ['/npm/:name', '/npm/:scope/:slug'];
const TAG_PATHS = ['/npm/-/package/:name/dist-tags/:tag', '/npm/-/package/:scope/:slug/dist-tags/:tag'];

function done(body: object, status = 200): ProtocolAnswer {
  return { status, headers: { 'content-type': FULL_TYPE, 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}

/** The wrapper has checked that there is an actor; this tells the compiler. */
function actorOf({ actor }: ProtocolRequest): Actor {
  if (actor === undefined) throw new DomainError('unauthenticated');
  return actor;
}

/** What npm clients write: publish, deprecate, dist-tags; and the clear refusal of unpublish. */
export function npmWriteRoutes({ publishing, saver, clock, parseJson }: WriteRoutesOptions): readonly ProtocolRoute[] {
  const common = { tag: 'npm', auth: 'publish', errorShape: 'npm' } as const;

  async function changeOwn(
    request: ProtocolRequest,
    name: string,
    change: (agent: AgentRecord) => ReturnType<typeof withDistTag>,
  ) {
    requireScope(actorOf(request), name);
    await saver.change(name, (agent) => {
      if (agent === undefined) throw new DomainError('agent_not_found', { detail: `There is no agent called ${name}.` });
      return change(agent);
    });
  }

  async function put(request: ProtocolRequest): Promise<ProtocolAnswer> {
    const document = parsePublishDocument(parseJson(request.body), nameOf(request.params));
    if (document.kind === 'publish') {
      const result = await publishing.publish(actorOf(request), document.upload);
      return done(
        {
          ok: true,
          id: result.name,
          rev: result.version,
          success: true,
          reviewState: result.reviewState,
          findings: result.findings,
        },
        201,
      );
    }
    await changeOwn(request, document.name, (agent) => withDeprecations(agent, document.texts, isoTime(clock)));
    return done({ ok: true, id: document.name });
  }

  async function setTag(request: ProtocolRequest): Promise<ProtocolAnswer> {
    const tag = requireTagName(request.params.tag ?? '');
    const version = parseJson(request.body);
    if (typeof version !== 'string') throw new DomainError('invalid_request', { detail: 'Send the version as a JSON string.' });
    const name = nameOf(request.params);
    await changeOwn(request, name, (agent) => {
      if (findRelease(agent, version) === undefined) {
        throw new DomainError('version_not_found', { detail: `${name} has no version ${version.slice(0, 100)}.` });
      }
      return withDistTag(agent, tag, version, isoTime(clock));
    });
    return done({ ok: true, id: name });
  }

  async function removeTag(request: ProtocolRequest): Promise<ProtocolAnswer> {
    const tag = requireTagName(request.params.tag ?? '');
    if (tag === 'latest') throw new DomainError('invalid_request', { detail: 'The dist-tag latest can be moved, not removed.' });
    const name = nameOf(request.params);
    await changeOwn(request, name, (agent) => withDistTag(agent, tag, undefined, isoTime(clock)));
    return done({ ok: true, id: name });
  }

  function refuseUnpublish(request: ProtocolRequest): never {
    requireScope(actorOf(request), nameOf(request.params));
    throw new DomainError('method_not_allowed', {
      detail:
        'Published versions stay, because lockfiles of others point at them. Deprecate it instead: npm deprecate <name>@<version> "<why>".',
      headers: { allow: 'GET, HEAD, PUT' },
    });
  }

  const unpublishPaths = PACKAGE_PATHS.map((path) => `${path}/-rev/:rev`);
  const tarballRevPaths = PACKAGE_PATHS.map((path) => `${path}/-/:file/-rev/:rev`);
  return [
    {
      ...common,
      id: 'npmSetDistTag',
      method: 'PUT',
      paths: TAG_PATHS,
      summary: 'Points a dist-tag at a version.',
      bodyLimitBytes: 1_024,
      handle: setTag,
    },
    { ...common, id: 'npmRemoveDistTag', method: 'DELETE', paths: TAG_PATHS, summary: 'Removes a dist-tag.', handle: removeTag },
    {
      ...common,
      id: 'npmPublish',
      method: 'PUT',
      paths: PACKAGE_PATHS,
      summary: 'Publishes a version, or changes deprecation texts.',
      bodyLimitBytes: PUBLISH_BODY_BYTES,
      handle: put,
    },
    {
      ...common,
      id: 'npmUnpublishVersion',
      method: 'PUT',
      paths: unpublishPaths,
      summary: 'Unpublish: refused with the reason.',
      handle: refuseUnpublish,
    },
    {
      ...common,
      id: 'npmUnpublish',
      method: 'DELETE',
      paths: [...unpublishPaths, ...tarballRevPaths],
      summary: 'Unpublish: refused with the reason.',
      handle: refuseUnpublish,
    },
  ];
}
