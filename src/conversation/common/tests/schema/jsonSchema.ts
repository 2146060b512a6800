import * as z from 'zod';
import type { JsonObject } from '../../../../base/common/json.ts';
import { testFile } from './testFileSchema.ts';

/**
 * The JSON schema of `*.chatkit-test.json`, made from the schema that reads it: the editor completes, explains and checks by
 * the same rules. To be written to `schemas/` by the generator script, never at run time.
 */
export function testFileJsonSchema(): JsonObject {
  const made = z.toJSONSchema(testFile, { target: 'draft-7', io: 'input' }) as JsonObject;
  return {
    ...made,
    title: 'ChatKit conversation tests',
    description:
      'Conversations with a ChatKit server, and what it must answer. ${input:name} is asked for and ${env:NAME} is read from the environment when the tests run.',
    defaultSnippets: [starter],
  };
}

const starter: JsonObject = {
  label: 'ChatKit test',
  description: 'One message, and what the answer must be.',
  body: {
    tests: [
      {
        name: '${1:answers}',
        steps: [
          {
            say: '${2:Hello}',
            expect: { inOrder: [{ kind: 'assistant_message', text: { contains: '${3:Hello}' } }], problems: 'none' },
          },
        ],
      },
    ],
  },
};
