import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { USAGE_EVENTS } from '../../contract/events.ts';
import { HOST_IDS } from '../../contract/hosts.ts';
import { AUTH_PROVIDER_ID, COMMANDS, CONTEXT_KEYS, ITEM_KINDS, SETTINGS, VIEWS } from './ids.ts';

interface Menu {
  readonly command: string;
  readonly when?: string;
}
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly items?: { readonly enum: string[] } }>> };
    readonly authentication: readonly { readonly id: string }[];
  };
}
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('package.json');
const { contributes } = JSON.parse(text) as Manifest;
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
const menus = Object.values(contributes.menus).flat();
const conditions = [...menus, ...contributes.viewsWelcome].flatMap(({ when }) => (when === undefined ? [] : [when]));

describe('package.json and platform/ids.ts', () => {
  it('know the same commands', () => {
    expect(contributes.commands.map((each) => each.command).sort()).toEqual(Object.values(COMMANDS).sort());
  });

  it('know the same views, settings and sign-in', () => {
    const views = Object.values(contributes.views).flat();
    expect(views.map((each) => each.id).sort()).toEqual(Object.values(VIEWS).sort());
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(SETTINGS).sort());
    expect(contributes.authentication.map((each) => each.id)).toEqual([AUTH_PROVIDER_ID]);
  });

  it('offer the same hosts', () => {
    expect(contributes.configuration.properties[SETTINGS.hosts]?.items?.enum).toEqual([...HOST_IDS]);
  });

  it('name only commands that exist in menus and welcome texts', () => {
    const known = new Set<string>(Object.values(COMMANDS));
    const inTexts = Object.values(nls).flatMap((each) =>
      [...each.matchAll(/command:(coditect\.\w+)\)/g)].map((match) => match[1]!),
    );
    for (const command of [...menus.map((each) => each.command), ...inTexts]) expect(known).toContain(command);
  });

  it('use only context keys, views and row kinds that exist', () => {
    const keys = new Set<string>([...Object.values(CONTEXT_KEYS), ...Object.values(VIEWS)]);
    for (const condition of conditions) {
      for (const [, key] of condition.matchAll(/(?<![\w./])(coditect\.\w+)/g)) expect(keys).toContain(key);
      for (const [, kind] of condition.matchAll(/viewItem == ([\w.]+)/g)) expect(Object.values(ITEM_KINDS)).toContain(kind);
    }
  });

  it('show at most two actions in a row', () => {
    const inline = (contributes.menus['view/item/context'] ?? []).filter((each) => JSON.stringify(each).includes('"inline'));
    for (const kind of Object.values(ITEM_KINDS)) {
      const fitting = inline.filter(({ when = '' }) => {
        const equal = /viewItem == ([\w.]+)/.exec(when)?.[1];
        const pattern = /viewItem =~ \/(.+)\//.exec(when)?.[1];
        return equal === kind || (pattern !== undefined && new RegExp(pattern).test(kind));
      });
      expect(fitting.length, kind).toBeLessThanOrEqual(2);
    }
  });

  it('have words for every key, and no key without use', () => {
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(nls).sort());
  });
});

describe('telemetry.json', () => {
  it('documents exactly the events that can be sent', () => {
    const { events } = JSON.parse(read('telemetry.json')) as { events: Record<string, { properties: Record<string, string> }> };
    expect(Object.keys(events).sort()).toEqual(Object.keys(USAGE_EVENTS).sort());
    for (const [name, schema] of Object.entries(USAGE_EVENTS)) {
      expect(Object.keys(events[name]!.properties).sort(), name).toEqual(Object.keys(schema.shape).sort());
    }
  });
});
