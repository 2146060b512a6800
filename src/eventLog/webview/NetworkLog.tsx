import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useId, useState } from 'react';
import type { Json } from '../../base/common/json.ts';
import { Icon, IconButton } from '../../base/webview/controls/buttons.tsx';
import { JsonTree } from '../../base/webview/json/JsonTree.tsx';
import { useRequest } from '../../base/webview/useRequest.ts';
import type { AttemptView, RequestView } from '../common/protocol.ts';
import { useEventLog, useEventLogContext } from './context.ts';
import './network.css';

type Scope = 'thread' | 'connection';

/** What the connection sent and received: the requests of the thread, or all of the connection. */
export function NetworkLog() {
  const { host, threadId, formats } = useEventLogContext();
  const { requests: revision } = useEventLog();
  const [scope, setScope] = useState<Scope>('thread');
  const [requests, setRequests] = useState<readonly RequestView[] | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const name = useId();

  useEffect(() => {
    let active = true;
    host.request('requests', { threadId, scope }).then(
      (next) => active && setRequests(next),
      () => undefined,
    );
    return () => {
      active = false;
    };
  }, [host, threadId, scope, revision]);

  const option = (value: Scope, label: string) => (
    <label>
      <input type="radio" name={name} checked={scope === value} onChange={() => setScope(value)} /> {label}
    </label>
  );
  return (
    <div className="network">
      <fieldset className="network-scope">
        <legend className="visually-hidden">{l10n.t('Requests to show')}</legend>
        {option('thread', l10n.t('This thread'))}
        {option('connection', l10n.t('All of the connection'))}
      </fieldset>
      {requests === null || requests.length === 0 ? (
        <p className="empty">
          {requests === null ? l10n.t('Loading…') : l10n.t('No requests since the window was opened.')}
        </p>
      ) : (
        <div className="network-list">
          <table>
            <thead>
              <tr>
                <th scope="col">{l10n.t('Time')}</th>
                <th scope="col">{l10n.t('Request')}</th>
                <th scope="col">{l10n.t('Status')}</th>
                <th scope="col" className="number optional">
                  {l10n.t('Connected')}
                </th>
                <th scope="col" className="number optional">
                  {l10n.t('First byte')}
                </th>
                <th scope="col" className="number">
                  {l10n.t('End')}
                </th>
                <th scope="col" className="number optional">
                  {l10n.t('Bytes')}
                </th>
              </tr>
            </thead>
            {requests.toReversed().map((request) => (
              <RequestRows
                key={request.id}
                request={request}
                time={formats.clock(request.startedAt)}
                opened={opened === request.id}
                onToggle={() => setOpened(opened === request.id ? null : request.id)}
              />
            ))}
          </table>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  readonly request: RequestView;
  readonly time: string;
  readonly opened: boolean;
  readonly onToggle: () => void;
}

/** One request as a row, with its details below when it is opened. */
function RequestRows({ request, time, opened, onToggle }: RowProps) {
  const { formats } = useEventLogContext();
  const { method, url, command, attempts } = request;
  const last = attempts.at(-1);
  const what = command ?? `${method} ${URL.canParse(url) ? new URL(url).pathname : url}`;
  const status = statusText(last, attempts.length);
  const end = last?.endMs == null ? l10n.t('open') : formats.seconds(last.endMs);
  const seconds = (ms: number | null | undefined) => (ms == null ? '—' : formats.seconds(ms));
  return (
    <tbody className={isFailed(last) ? 'failed' : ''}>
      <tr>
        <td>{time}</td>
        <th scope="row">
          <button
            type="button"
            className="network-toggle"
            aria-expanded={opened}
            // Equal requests differ in their status and times only.
            aria-label={[what, status, end, time].join(', ')}
            onClick={onToggle}
          >
            <Icon name={opened ? 'chevron-down' : 'chevron-right'} />
            <span className="code">{what}</span>
          </button>
        </th>
        <td className="network-status">{status}</td>
        <td className="number optional">{seconds(last?.connectedMs)}</td>
        <td className="number optional">{seconds(last?.firstByteMs)}</td>
        <td className="number">{end}</td>
        <td className="number optional">{formats.number(last?.bytes ?? 0)}</td>
      </tr>
      {opened && (
        <tr>
          <td colSpan={7}>
            <Details request={request} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function isFailed(attempt: AttemptView | undefined): boolean {
  return attempt !== undefined && (attempt.error !== null || (attempt.status ?? 0) >= 400);
}

function statusText(attempt: AttemptView | undefined, attempts: number): string {
  const status = attempt?.error ?? (attempt?.status == null ? l10n.t('pending') : String(attempt.status));
  return attempts > 1 ? l10n.t('{0} (attempt {1})', status, attempts) : status;
}

function Details({ request }: { readonly request: RequestView }) {
  const { host, threadId } = useEventLogContext();
  const { id, method, url, query, headers, bodyLength, attempts } = request;
  return (
    <div className="network-details">
      <p className="network-address">
        <span className="code">
          {method} {url}
          {query === '' ? '' : `?${query}`}
        </span>
        <IconButton
          icon="terminal"
          label={l10n.t('Copy as cURL')}
          onClick={() => host.notify('copyRequest', { threadId, requestId: id })}
        />
      </p>
      <Headers title={l10n.t('Request headers')} headers={headers} />
      {bodyLength > 0 && <Body requestId={id} />}
      {attempts.map(({ headers: received, status, error }, index) => (
        <div key={index}>
          <Headers
            title={
              attempts.length === 1
                ? l10n.t('Response headers ({0})', error ?? status ?? '—')
                : l10n.t('Response headers, attempt {0} ({1})', index + 1, error ?? status ?? '—')
            }
            headers={received}
          />
        </div>
      ))}
    </div>
  );
}

interface HeadersProps {
  readonly title: string;
  readonly headers: Readonly<Record<string, string | null>>;
}

/** Names and values; the value of a secret header is not known to the webview. */
function Headers({ title, headers }: HeadersProps) {
  const entries = Object.entries(headers);
  return (
    <div role="group" aria-label={title}>
      <h2 className="value-title">{title}</h2>
      {entries.length === 0 && <p className="quiet">{l10n.t('None')}</p>}
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="code">{name}</dt>
            <dd className="code">{value ?? <span className="quiet">{l10n.t('secret')}</span>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The parameters of a command, or the start of another text. */
function Body({ requestId }: { readonly requestId: number }) {
  const { host, threadId, formats } = useEventLogContext();
  const load = useCallback(() => host.request('requestBody', { threadId, requestId }), [host, threadId, requestId]);
  const state = useRequest(load);
  if (state.type === 'loading') return <p className="quiet">{l10n.t('Loading…')}</p>;
  if (state.type === 'failed') return <p className="quiet">{state.message}</p>;
  const { text, clipped, length } = state.value;
  const json = clipped ? undefined : parse(text);
  return (
    <div role="group" aria-label={l10n.t('Request body')}>
      <h2 className="value-title">{l10n.t('Request body')}</h2>
      {json === undefined ? <pre className="raw-text code">{text}</pre> : <JsonTree value={json} depth={4} />}
      {clipped && (
        <p className="quiet">{l10n.t('Only the first part of {0} characters is shown.', formats.number(length))}</p>
      )}
    </div>
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
