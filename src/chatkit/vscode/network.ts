import * as vscode from 'vscode';
import type { NetworkSettings } from '../node/transport/types.ts';

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
