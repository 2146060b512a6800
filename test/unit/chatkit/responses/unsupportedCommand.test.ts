import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type FailedResponse,
  comparisonCommand,
  isUnsupportedCommand,
} from '../../../../src/chatkit/common/responses/unsupportedCommand.ts';

const command = 'threads.sync_custom_action';
const pydantic = (tag: string) =>
  `1 validation error for tagged-union: Input tag '${tag}' found using 'type' does not match any of the expected tags: 'threads.create', '${command.replace('sync_', '')}'`;

const single: readonly [status: number, message: string, unsupported: boolean][] = [
  [400, `Unknown request type: ${command}`, true],
  [400, `unknown request type ${command}`, true],
  [200, `unsupported_request_type:${command}`, true],
  [422, pydantic(command), true],
  [400, `Command "${command}" is not supported.`, true],
  [501, `${command} not implemented`, true],
  [404, `No handler for ${command}`, true],
  [400, `Invalid command type: ${command}`, true],
  [400, `${command} is not a valid request type`, true],
  [400, `Input tag 'x' does not match any of the expected tags: '${command}', 'threads.list'`, false],
  [400, `Invalid params for ${command}: item_id is missing`, false],
  [404, `${command}: item not found`, false],
  [400, `Unknown item msg_1 in ${command}`, false],
  [400, 'Unknown request type: threads.custom_action', false],
  [400, `Unknown request type: ${command}.old`, false],
  [404, 'Not Found', false],
  [405, 'Method Not Allowed', false],
  [422, 'field required', false],
  [500, 'Internal Server Error', false],
  [500, `Unknown request type: ${command}`, false],
  [503, `${command} is not supported`, false],
  [403, `${command} is not supported for your plan`, false],
];

describe('isUnsupportedCommand by one response', () => {
  for (const [status, message, unsupported] of single) {
    test(`${status} ${message}`, () => assert.equal(isUnsupportedCommand(command, { status, message }), unsupported));
  }
});

describe('isUnsupportedCommand by a second comparison', () => {
  const cases: readonly [response: FailedResponse, comparison: FailedResponse, unsupported: boolean][] = [
    [
      { status: 500, message: `Unknown request type: ${command} (req_a1)` },
      { status: 500, message: `Unknown request type: ${comparisonCommand} (req_b2)` },
      true,
    ],
    ...['Unknown operation', 'Unsupported command.', 'not implemented', 'unsupported_request_type'].map(
      (message): [FailedResponse, FailedResponse, boolean] => [
        { status: 400, message },
        { status: 400, message },
        true,
      ],
    ),
    ...['Bad Request', 'Not found', 'field required', 'Unknown thread', 'Invalid JSON', 'Method Not Allowed'].map(
      (message): [FailedResponse, FailedResponse, boolean] => [
        { status: 400, message },
        { status: 400, message },
        false,
      ],
    ),
    [{ status: 400, message: 'Unknown operation' }, { status: 404, message: 'Unknown operation' }, false],
    [{ status: 400, message: 'Unknown operation' }, { status: 400, message: 'Invalid command' }, false],
    [{ status: 500, message: 'Unknown operation' }, { status: 500, message: 'Unknown operation' }, false],
    [{ status: 500, message: 'Internal Server Error' }, { status: 500, message: 'Internal Server Error' }, false],
    [
      { status: 500, message: `${command}: no widget msg_1` },
      { status: 500, message: `Unknown request type: ${comparisonCommand}` },
      false,
    ],
    [
      { status: 500, message: `Unknown request type: ${command}` },
      { status: 400, message: `Unknown request type: ${comparisonCommand}` },
      false,
    ],
  ];
  for (const [response, comparison, unsupported] of cases) {
    test(`${response.message} / ${comparison.message}`, () => {
      assert.equal(isUnsupportedCommand(command, response, comparison), unsupported);
    });
  }
});
