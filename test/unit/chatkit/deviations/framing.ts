// Deviations of the framing of streams, of errors and of deletions.
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { deviation, without, replying, raw, lost, failed, framed, data } from './builders.ts';
import { sse, type Deviation } from './server.ts';

export const ofFraming: readonly Deviation[] = [
  // Framing.
  deviation('stream', 'the type in the event field', 'typeInEventField', {
    frames: framed((event) => `event: ${String(event['type'])}\n${data(without(event, 'type'))}`),
  }),
  deviation('stream', 'an event field', 'eventField', {
    frames: framed((event) => `event: ${String(event['type'])}\n${data(event)}`),
  }),
  deviation('stream', 'an id field', 'idField', { frames: framed((event, index) => `id: ${index}\n${data(event)}`) }),
  deviation('stream', 'an end marker', 'doneMarker', { frames: (events) => `${sse(events)}data: [DONE]\n\n` }),
  deviation('stream', 'an event after the end marker', ['doneMarker', 'eventAfterEnd'], {
    frames: (events) => `${sse(events.slice(0, -1))}data: [DONE]\n\n${data(events.at(-1) as JsonObject)}`,
  }),
  deviation('stream', 'pings', 'pingData', { frames: framed((event) => `data: ping\n\n${data(event)}`) }),
  ...['{}', 'null', '{"event":"heartbeat"}', '{"ping":true}'].map((ping) =>
    deviation('stream', `${ping} as a sign of life`, 'pingData', {
      frames: framed((event) => `data: ${ping}\n\n${data(event)}`),
    }),
  ),
  deviation('stream', 'times as a sign of life', 'pingData', {
    frames: framed((event) => `event: ping\ndata: 2026-01-02 03:04:05\n\n${data(event)}`),
  }),
  ...[
    'data: {"type":"done"}',
    'data: {"done":true}',
    'event: end\ndata: {}',
    'event: close\ndata: bye',
    'data: [END]',
  ].map((end) =>
    deviation('stream', `${end} at the end`, 'doneMarker', { frames: (events) => `${sse(events)}${end}\n\n` }),
  ),
  deviation('stream', 'an event that is no JSON', 'invalidJsonEvent', {
    frames: (events) => `${sse(events.slice(0, 3))}data: {oops\n\n${sse(events.slice(3))}`,
  }),
  deviation('stream', 'no empty line at the end', 'unterminatedEvent', {
    frames: (events) => sse(events).replace(/\n\n$/, ''),
  }),
  deviation('stream', 'data in several lines', 'multilineData', {
    frames: framed((event) => `${JSON.stringify(event, null, 1).replace(/^/gm, 'data: ')}\n\n`),
  }),
  deviation('stream', 'NDJSON', 'ndjson', { frames: framed((event) => `${JSON.stringify(event)}\n`) }),
  deviation('stream', 'a line without a field', 'lineWithoutField', {
    frames: (events) => `INFO: started\n\n${sse(events)}`,
  }),
  deviation('stream', 'events encoded twice', 'doubleEncodedEvent', {
    frames: framed((event) => data(JSON.stringify(event))),
  }),
  deviation('stream', 'lists of events', 'arrayOfEvents', {
    frames: (events) => data(events.slice(0, 5)) + data(events.slice(5)),
  }),
  deviation('stream', 'data twice', 'framedTwice', { frames: framed((event) => `data: ${data(event)}`) }),
  deviation('stream', 'events in one line', 'framedTwice', {
    frames: (events) => `data: ${events.map((event) => JSON.stringify(event)).join('')}\n\n`,
  }),
  deviation('stream', 'escaped line breaks', 'framedTwice', {
    frames: framed((event) => `data: ${JSON.stringify(event)}\\n\\n`),
  }),
  deviation('stream', 'bytes of Python', 'framedTwice', {
    frames: framed((event) => `b'data: ${JSON.stringify(event)}\\n\\n'\n`),
  }),
  deviation('stream', 'data in capitals', 'lineWithoutField', {
    frames: framed((event) => `Data: ${JSON.stringify(event)}\n\n`),
  }),
  deviation('stream', 'indented JSON after one data field', 'lineWithoutField', {
    frames: framed((event) => `data: ${JSON.stringify(event, null, 2)}\n\n`),
  }),
  deviation('stream', 'a log after the end', 'lineWithoutField', {
    frames: (events) => `${sse(events)}INFO: done, 0 errors\nERROR: metrics failed\n`,
  }),
  deviation('stream', 'a crash after the end', 'lineWithoutField', {
    loses: 'stream',
    says: /KeyError/,
    frames: (events) => `${sse(events)}Traceback (most recent call last):\nKeyError: 'x'\n`,
  }),
  deviation('stream', 'events in a JSON body', 'jsonInsteadOfStream', {
    frames: (events) => JSON.stringify({ success: true, events }),
    reply: (ask, reply) => (ask.type === 'threads.create' ? { ...reply, type: 'application/json' } : reply),
  }),
  deviation('stream', 'a thread in a JSON body', 'jsonInsteadOfStream', {
    frames: (events) =>
      JSON.stringify({
        thread: events[0]?.['thread'],
        items: events.filter(({ type }) => type === 'thread.item.done').map(({ item }) => item),
      }),
    reply: (ask, reply) => (ask.type === 'threads.create' ? { ...reply, type: 'application/json' } : reply),
  }),
  deviation('stream', 'a web page', 'htmlResponse', {
    loses: 'stream',
    reply: raw('threads.create', { type: 'text/html', body: '<!doctype html><title>App</title><p>Log in</p>' }),
  }),
  deviation('stream', 'dictionaries of Python', 'invalidJsonEvent', {
    loses: 'stream',
    says: /no event that can be read/,
    frames: framed((event) => data(event).replaceAll('"', "'")),
  }),
  failed('an error text', 'errorWithoutRetry', { type: 'error', errorText: 'Busy' }, /Busy/),
  failed('a status as an event', 'untypedError', { status: 503, message: 'Busy' }, /Busy/),
  failed('no success as an event', 'untypedError', { success: false, message: 'Busy' }, /Busy/),
  failed('another name of an error', 'foreignErrorEvent', { type: 'internal_error', message: 'Busy' }, /Busy/),
  failed('a failed run', 'foreignErrorEvent', { type: 'thread.run.failed', last_error: { message: 'Busy' } }, /Busy/),
  deviation('stream', 'another content type', 'streamContentType', {
    reply: raw('threads.create', { type: 'text/plain' }),
  }),
  deviation(
    'stream',
    'JSON in place of a stream',
    'jsonInsteadOfStream',
    lost('stream', {
      reply: raw('threads.create', { type: 'application/json', body: '{"error":{"message":"Busy"}}' }),
      says: /Busy/,
    }),
  ),
  deviation(
    'stream',
    'an event that is cut off',
    'unterminatedEvent',
    lost('stream', { frames: (events) => sse(events).slice(0, -60) }),
  ),

  // Errors.
  failed(
    'an error of another API',
    'foreignErrorEvent',
    { type: 'response.failed', response: { error: { message: 'No quota' } } },
    /No quota/,
  ),
  failed(
    'an error in an object',
    'nestedError',
    { type: 'error', error: { message: 'No quota' }, allow_retry: true },
    /No quota/,
  ),
  failed(
    'a number as code',
    'numericErrorCode',
    { type: 'error', code: 500, message: 'No quota', allow_retry: true },
    /No quota/,
  ),
  failed('an error without a type', 'untypedError', { error: 'No quota' }, /No quota/),
  failed(
    'an error without a message',
    'errorWithoutMessage',
    { type: 'error', code: 'custom', allow_retry: true },
    /./,
  ),
  failed(
    'an error without allow_retry',
    'errorWithoutRetry',
    { type: 'error', code: 'custom', message: 'No quota' },
    /No quota/,
  ),
  deviation(
    'stream',
    'an error event of text',
    'invalidJsonEvent',
    lost('stream', {
      frames: (events) => `${sse(events.slice(0, 3))}event: error\ndata: No quota\n\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'an error event without data',
    ['invalidJsonEvent', 'errorWithoutMessage'],
    lost('stream', { frames: (events) => `${sse(events.slice(0, 3))}event: error\ndata:\n\n` }),
  ),
  deviation(
    'stream',
    'a stack trace',
    'lineWithoutField',
    lost('stream', {
      frames: (events) =>
        `${sse(events.slice(0, 3))}Traceback (most recent call last):\n  File "app.py", line 3, in run\nValueError: No quota\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'a stack trace as data',
    'invalidJsonEvent',
    lost('stream', {
      frames: (events) =>
        `${sse(events.slice(0, 3))}data: Traceback (most recent call last):\ndata:   File "app.py", line 3, in run\ndata: ValueError: No quota\n\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'the body of an error',
    'lineWithoutField',
    lost('stream', {
      frames: (events) => `${sse(events.slice(0, 3))}Internal Server Error`,
      says: /Internal Server Error/,
    }),
  ),

  // Deletions.
  deviation('delete', 'a reply that is not empty', 'nonEmptyReply', {
    reply: replying('threads.delete', () => ({ deleted: true, id: 'thr_1' })),
  }),
  deviation(
    'delete',
    'a refusal',
    'deleteNotConfirmed',
    lost('delete', { reply: replying('threads.delete', () => ({ deleted: false })) }),
  ),
  deviation(
    'delete',
    'a refusal with a sentence',
    'deleteNotConfirmed',
    lost('delete', { reply: replying('threads.delete', () => ({ message: 'It is locked' })), says: /It is locked/ }),
  ),
  deviation(
    'delete',
    'an error with status 200',
    'successWithError',
    lost('delete', {
      reply: replying('threads.delete', () => ({ success: false, error: 'It is locked' })),
      says: /It is locked/,
    }),
  ),
];
