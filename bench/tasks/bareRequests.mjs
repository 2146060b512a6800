// The requests of `test-run` and nothing else: `node bareRequests.mjs URL TESTS TURNS new|reused`. Reads each response to its
// end. `new`: with a connection for each request, as the transport does for requests that must not be repeated.
import { Agent, request } from 'undici';

const [url = '', tests = '0', turns = '0', connections = 'new'] = process.argv.slice(2);
const dispatcher = new Agent(connections === 'new' ? { pipelining: 0 } : {});

/** @param {object} command @returns {Promise<string>} */
async function post(command) {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const { body } = await request(url, { dispatcher, method: 'POST', headers, body: JSON.stringify(command) });
  return body.text();
}

for (let test = 0; test < Number(tests); test++) {
  const input = { content: [{ type: 'input_text', text: 'Hello' }], attachments: [], inference_options: {} };
  const first = await post({ type: 'threads.create', params: { input } });
  const thread_id = /"thr_\d+"/.exec(first)?.[0].slice(1, -1);
  for (let turn = 1; turn < Number(turns); turn++) {
    await post({ type: 'threads.add_user_message', params: { thread_id, input } });
  }
}
process.exit(0);
