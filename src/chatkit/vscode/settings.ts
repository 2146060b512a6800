import * as vscode from 'vscode';
import type { NetworkSettings } from '../node/transport/types.ts';
import type { Connection } from '../common/connection.ts';
import { type InvalidEntry, parseConnections } from './connectionSettings.ts';

/** Variables that steer proxies and certificates; nothing else of the environment is handed on. */
const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/** The editor's `http.*` settings and the environment, as they are now. */
export function readNetworkSettings(env: NodeJS.ProcessEnv = process.env): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxySupport: proxySupportOf(http.get<unknown>('proxySupport')),
    proxy: textOf(http.get<unknown>('proxy')),
    proxyAuthorization: textOf(http.get<unknown>('proxyAuthorization')),
    noProxy: listOf(http.get<unknown>('noProxy')),
    strictSsl: http.get<unknown>('proxyStrictSSL') !== false,
    env: Object.fromEntries(
      variables.flatMap((name) => [name, name.toLowerCase()].map((key) => [key, env[key]] as const)),
    ),
  };
}

export function onDidChangeNetworkSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) listener();
  });
}

function proxySupportOf(value: unknown): NetworkSettings['proxySupport'] {
  return value === 'off' || value === 'on' || value === 'fallback' ? value : 'override';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Every `chatkit.*` setting and what reading it gives. Broken values read as the default. */
interface SettingValues {
  'chatkit.connections': readonly Connection[];
  /** 1..100. */
  'chatkit.pageSize': number;
  /** Seconds; 0 = off, otherwise ≥ 5. */
  'chatkit.threads.autoRefreshSeconds': number;
  /** Seconds, ≥ 1. */
  'chatkit.follow.intervalSeconds': number;
  /** Seconds, ≥ 1. */
  'chatkit.http.timeoutSeconds': number;
  /** 0..10. */
  'chatkit.http.maxRetries': number;
  'chatkit.inspector.remoteImages': 'never' | 'ask' | 'always';
  'chatkit.inspector.allFormulas': boolean;
  'chatkit.widgets.openPreview': boolean;
}
type SettingId = keyof SettingValues;

export interface Settings extends vscode.Disposable {
  get<K extends SettingId>(id: K): SettingValues[K];
  /** Fires with the `chatkit.*` settings that changed. */
  readonly onDidChange: vscode.Event<readonly SettingId[]>;
  /** Ids that entries of `chatkit.connections` use, broken entries included. */
  connectionIds(): readonly unknown[];
  /** Adds a connection to the user's settings, or rewrites the one of this id; other entries stay as they are written. */
  saveConnection(connection: Connection): Promise<void>;
  removeConnection(connectionId: string): Promise<void>;
}

const readers: { readonly [K in SettingId]: (value: unknown) => SettingValues[K] } = {
  'chatkit.connections': (value) => parseConnections(value).connections,
  'chatkit.pageSize': (value) => wholeNumber(value, 1, 100, 50),
  'chatkit.threads.autoRefreshSeconds': (value) => (value === 0 ? 0 : wholeNumber(value, 5, 86_400, 15)),
  'chatkit.follow.intervalSeconds': (value) => wholeNumber(value, 1, 3600, 3),
  'chatkit.http.timeoutSeconds': (value) => wholeNumber(value, 1, 3600, 30),
  'chatkit.http.maxRetries': (value) => wholeNumber(value, 0, 10, 2),
  'chatkit.inspector.remoteImages': (value) => (value === 'never' || value === 'always' ? value : 'ask'),
  'chatkit.inspector.allFormulas': (value) => value === true,
  'chatkit.widgets.openPreview': (value) => value !== false,
};
const settingIds = Object.keys(readers) as SettingId[];

/** `onInvalid` is called once for each new set of invalid connection entries. */
export function createSettings(onInvalid: (broken: readonly InvalidEntry[]) => void): Settings {
  const changed = new vscode.EventEmitter<readonly SettingId[]>();
  let reported = '';
  const read = <K extends SettingId>(id: K): SettingValues[K] => {
    const value = vscode.workspace.getConfiguration().get<unknown>(id);
    if (id === 'chatkit.connections') reportOnce(parseConnections(value).broken);
    return readers[id](value);
  };

  function reportOnce(broken: readonly InvalidEntry[]): void {
    const key = JSON.stringify(broken);
    if (key === reported || (reported === '' && broken.length === 0)) return;
    reported = key;
    if (broken.length > 0) onInvalid(broken);
  }

  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    const ids = settingIds.filter((id) => event.affectsConfiguration(id));
    if (ids.length > 0) changed.fire(ids);
  });

  return {
    get: read,
    onDidChange: changed.event,
    connectionIds: () => writtenConnections().map(idOf),
    saveConnection: (connection) =>
      rewriteConnections((entries) => {
        const index = entries.findIndex((entry) => idOf(entry) === connection.id);
        return index < 0
          ? [...entries, connection]
          : entries.with(index, { ...extrasOf(entries[index]), ...connection });
      }),
    removeConnection: (connectionId) =>
      rewriteConnections((entries) => entries.filter((entry) => idOf(entry) !== connectionId)),
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}

/** Works on the entries as the user wrote them, so that what we do not understand survives. */
async function rewriteConnections(change: (entries: readonly unknown[]) => readonly unknown[]): Promise<void> {
  await vscode.workspace
    .getConfiguration('chatkit')
    .update('connections', change(writtenConnections()), vscode.ConfigurationTarget.Global);
}

function writtenConnections(): readonly unknown[] {
  const written = vscode.workspace.getConfiguration('chatkit').inspect<unknown>('connections')?.globalValue;
  return Array.isArray(written) ? (written as unknown[]) : [];
}

const ourFields = new Set<string>([
  'id',
  'name',
  'kind',
  'url',
  'organization',
  'project',
  'headers',
  'userHeader',
  'readOnly',
] satisfies (keyof Connection)[]);

function extrasOf(entry: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry as object).filter(([field]) => !ourFields.has(field)));
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
}

function wholeNumber(value: unknown, min: number, max: number, fallback: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(max, Math.max(min, Math.round(value)));
}
