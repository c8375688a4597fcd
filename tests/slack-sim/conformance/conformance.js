// SPDX-FileCopyrightText: 2026 The oncalld authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Drives the simulator with Slack's own SDKs: what satisfies them is Slack's behaviour and not what
// somebody here believes it to be. Node 18, TAP on standard output.

'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const { createRequire } = require('node:module');
const path = require('node:path');
const readline = require('node:readline');

const load = createRequire(path.join(process.env.ONCALLD_NODE_MODULES, 'package.json'));
const { WebClient, LogLevel, ErrorCode } = load('@slack/web-api');
const { SocketModeClient } = load('@slack/socket-mode');

const SIMULATOR = process.argv[2];
const SUPPORT = 'C07SUPPORT1';
const APP = 'A07WATCHJON';
const JONAS = 'U07JONAS001';
// Milliseconds that anything may take before its test has failed.
const DEADLINE = 20000;

let slack;

class Simulator {
  async start() {
    this.process = spawn('/usr/bin/python3', [
      path.join(SIMULATOR, 'slack-sim'), '--scenario', path.join(SIMULATOR, 'demo.toml'),
      '--tls', '--exit-with-stdin',
    ], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = readline.createInterface({ input: this.process.stdout });
    const [line] = await once(lines, 'line');
    Object.assign(this, JSON.parse(line));
  }

  async stop() {
    const ended = once(this.process, 'exit');
    this.process.stdin.end();
    const [code] = await ended;
    assert.equal(code, 0);
  }

  async call(verb, parameters = {}) {
    const response = await fetch(this.control + verb, {
      method: 'POST', body: JSON.stringify(parameters),
    });
    const answer = await response.json();
    assert.ok(answer.ok, `${verb}: ${answer.error}`);
    return answer;
  }

  async post(user, text) {
    return (await this.call('post', { channel: 'support', user, text })).ts;
  }
}

function webClient(token = 'xoxp-demo-jonas', options = {}) {
  return new WebClient(token, { slackApiUrl: slack.api, logLevel: LogLevel.ERROR, ...options });
}

function socketClient(options = {}) {
  const { slackApiUrl = slack.api, agent, ...others } = options;
  return new SocketModeClient({
    appToken: 'xapp-demo-jonas', logLevel: LogLevel.ERROR,
    // The SDK waits for this long before it connects again, and for the server to hang up.
    clientPingTimeout: 600,
    clientOptions: { slackApiUrl, agent, logLevel: LogLevel.ERROR, retryConfig: { retries: 2 } },
    ...others,
  });
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen in time`)), DEADLINE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// The next event of that kind (a type of event or envelope) that fits, acked unless told otherwise.
function next(socket, kind, fits = () => true, ack = true) {
  return within(new Promise((resolve) => {
    const listener = async (received) => {
      if (ack) await received.ack();
      if (fits(received)) {
        socket.off(kind, listener);
        resolve(received);
      }
    };
    socket.on(kind, listener);
  }), `an event ${kind}`);
}

// Runs the body with a connected client, which is disconnected whatever happens.
async function connected(body, options) {
  const socket = socketClient(options);
  await within(socket.start(), 'hello');
  try {
    await body(socket);
  } finally {
    await within(socket.disconnect(), 'the disconnection');
  }
}

const tests = [];
const test = (name, body) => tests.push([name, body]);

test('the Web API says who one is and which scopes one has', async () => {
  const answer = await webClient().auth.test();
  assert.equal(answer.user_id, JONAS);
  assert.equal(answer.url, 'https://larkspur-learning.slack.com/');
  assert.ok(answer.response_metadata.scopes.includes('reactions:write'));
});

test('a refusal is a platform error with its string', async () => {
  await assert.rejects(webClient().users.info({ user: 'U07NOBODY01' }), (error) => {
    assert.equal(error.code, ErrorCode.PlatformError);
    assert.equal(error.data.error, 'user_not_found');
    assert.deepEqual(error.data.response_metadata.acceptedScopes, ['users:read']);
    return true;
  });
  await assert.rejects(webClient().apiCall('conversations.teleport'), (error) =>
    error.data.error === 'unknown_method');
  await assert.rejects(webClient('xoxp-made-up').auth.test(), (error) =>
    error.data.error === 'invalid_auth');
});

test('a missing scope names what is needed and what is there', async () => {
  await slack.call('restore', { user: 'aiko', scopes: ['channels:read'] });
  await assert.rejects(
    webClient('xoxp-demo-aiko').reactions.add({ channel: SUPPORT, timestamp: '1.2', name: 'eyes' }),
    (error) => error.data.error === 'missing_scope' && error.data.needed === 'reactions:write'
      && error.data.provided === 'channels:read');
});

test('the paginator of the SDK finds every message and every member', async () => {
  const web = webClient();
  const written = [];
  for (let number = 0; number < 7; number += 1) written.push(await slack.post('mara', `${number}`));
  const found = [];
  for await (const page of web.paginate('conversations.history', {
    channel: SUPPORT, limit: 3, oldest: written[0], inclusive: true,
  })) found.push(...page.messages.map((message) => message.ts));
  assert.deepEqual(found.sort(), written);
  const members = [];
  for await (const page of web.paginate('users.list', { limit: 2 })) members.push(...page.members);
  assert.equal(members.length, 9);
  const channels = [];
  for await (const page of web.paginate('conversations.list', {
    limit: 1, types: 'public_channel,private_channel',
  })) channels.push(...page.channels);
  assert.equal(channels.length, 5);
});

test('a thread is read with its parent first', async () => {
  const web = webClient();
  const ts = await slack.post('mara', 'a question');
  const posted = await web.chat.postMessage({ channel: SUPPORT, thread_ts: ts, text: 'an answer' });
  const thread = await web.conversations.replies({ channel: SUPPORT, ts });
  assert.deepEqual(thread.messages.map((message) => message.ts), [ts, posted.ts]);
  assert.equal(thread.messages[0].reply_count, 1);
  assert.equal(thread.messages[0].latest_reply, posted.ts);
  const link = await web.chat.getPermalink({ channel: SUPPORT, message_ts: posted.ts });
  assert.match(link.permalink, /\?thread_ts=/);
});

test('the SDK waits as long as Retry-After says and tries again', async () => {
  const web = webClient();
  let seconds;
  web.on('rate_limited', (after) => { seconds = after; });
  await slack.call('inject', { fault: 'rate-limited', method: 'auth.test', retry_after: 1 });
  assert.ok((await within(web.auth.test(), 'the second try')).ok);
  assert.equal(seconds, 1);
  await slack.call('inject', { fault: 'rate-limited', method: 'auth.test', retry_after: 9 });
  await assert.rejects(webClient(undefined, { rejectRateLimitedCalls: true }).auth.test(),
    (error) => error.code === ErrorCode.RateLimitedError && error.retryAfter === 9);
});

test('the SDK tries again after a broken answer', async () => {
  const quick = { retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 50 } };
  for (const fault of ['http-status', 'hang-up']) {
    await slack.call('inject', { fault, method: 'auth.test' });
    assert.ok((await within(webClient(undefined, quick).auth.test(), 'the second try')).ok);
  }
});

test('a socket gets events and its acks are seen', () => connected(async (socket) => {
  const arrived = next(socket, 'message');
  const ts = await slack.post('mara', '@oncall the export is wrong');
  const { event, body, envelope_id: envelope, retry_num: attempt } = await arrived;
  assert.equal(event.ts, ts);
  assert.equal(event.text, '<!subteam^S07ONCALL01> the export is wrong');
  assert.equal(body.authorizations[0].user_id, JONAS);
  assert.equal(attempt, 0);
  const { ack } = await slack.call('wait', { for: 'ack', envelope_id: envelope });
  assert.equal(ack.ts, ts);
  assert.equal(ack.lost, undefined);
}));

test('what the SDK posts and reacts comes back as events', () => connected(async (socket) => {
  const web = webClient();
  let arrived = next(socket, 'message', ({ event }) => event.text === 'on it');
  const posted = await web.chat.postMessage({ channel: SUPPORT, text: 'on it' });
  assert.equal((await arrived).event.ts, posted.ts);
  arrived = next(socket, 'reaction_added');
  await web.reactions.add({ channel: SUPPORT, timestamp: posted.ts, name: 'eyes' });
  const { event } = await arrived;
  assert.deepEqual(event.item, { type: 'message', channel: SUPPORT, ts: posted.ts });
  assert.equal(event.user, JONAS);
  await assert.rejects(
    web.reactions.add({ channel: SUPPORT, timestamp: posted.ts, name: 'eyes' }),
    (error) => error.data.error === 'already_reacted');
  arrived = next(socket, 'message', (one) => one.event.subtype === 'message_changed');
  await web.chat.update({ channel: SUPPORT, ts: posted.ts, text: 'done' });
  assert.equal((await arrived).event.message.text, 'done');
  arrived = next(socket, 'message', (one) => one.event.subtype === 'message_deleted');
  await web.chat.delete({ channel: SUPPORT, ts: posted.ts });
  assert.equal((await arrived).event.deleted_ts, posted.ts);
}));

test('an event that is not acked comes again', () => connected(async (socket) => {
  await slack.call('settings', { ack_timeout: 0.2 });
  const first = next(socket, 'message', undefined, false);
  await slack.post('mara', 'twice, please');
  const one = await first;
  const two = await next(socket, 'message');
  assert.equal(two.body.event_id, one.body.event_id);
  assert.equal(two.retry_num, 1);
  assert.equal(two.retry_reason, 'timeout');
  await slack.call('wait', { for: 'ack', envelope_id: two.envelope_id });
  await slack.call('settings', { ack_timeout: 3 });
}));

test('commands and interactions are answered with a payload', () => connected(async (socket) => {
  const arrived = next(socket, 'slash_commands', undefined, false);
  const payload = { command: '/oncall' };
  await slack.call('envelope', { app: APP, type: 'slash_commands', payload });
  const { ack, body, accepts_response_payload: accepts } = await arrived;
  assert.equal(body.command, '/oncall');
  assert.equal(accepts, true);
  await ack({ text: 'Jonas and Aiko' });
  const seen = await slack.call('wait', { for: 'ack', kind: 'slash_commands' });
  assert.deepEqual(seen.ack.payload, { text: 'Jonas and Aiko' });
}));

for (const [name, fault] of [
  ['a refresh with warning', { fault: 'refresh', seconds: 0.2 }],
  ['a refresh without warning', { fault: 'refresh', warning: false }],
  ['too_many_websockets', { fault: 'disconnect', reason: 'too_many_websockets' }],
  ['a reset in the middle of a frame', { fault: 'reset' }],
  ['silence', { fault: 'silence' }],
]) {
  test(`the SDK connects again after ${name}`, () => connected(async (socket) => {
    const { sockets: [old] } = await slack.call('wait', { for: 'sockets', count: 1 });
    const again = within(once(socket, 'reconnecting').then(() => once(socket, 'connected')),
      'the second connection');
    await slack.call('inject', fault);
    await again;
    const live = (await slack.call('sockets')).sockets.filter((one) => one.state === 'open');
    assert.ok(live.some((one) => one.id > old.id));
    await slack.call('inject', { fault: 'fin', socket: String(old.id) }).catch(() => {});
    const arrived = next(socket, 'message', ({ event }) => event.text === `after ${name}`);
    await slack.post('mara', `after ${name}`);
    await arrived;
  }));
}

test('frames in pieces, in drops and of megabytes are read', () => connected(async (socket) => {
  for (const fault of [{ fault: 'fragment' }, { fault: 'dribble', bytes: 64 }, { fault: 'pad' }]) {
    await slack.call('inject', { ...fault, app: APP });
    const arrived = next(socket, 'message', ({ event }) => event.text === fault.fault);
    await slack.post('mara', fault.fault);
    await arrived;
  }
}));

test('the SDK overlooks what it does not know', () => connected(async (socket) => {
  for (const kind of ['binary', 'not-json', 'unknown-type', 'unknown-envelope', 'pong']) {
    await slack.call('inject', { fault: 'junk', kind });
  }
  const arrived = next(socket, 'message', ({ event }) => event.text === 'after the junk');
  await slack.post('mara', 'after the junk');
  await arrived;
}));

test('a hello in the segment of the 101 is seen', async () => {
  await slack.call('inject', { fault: 'hello-with-101' });
  await connected(async () => {});
});

test('a wrong app token cannot be recovered from', async () => {
  const socket = socketClient({ appToken: 'xapp-made-up' });
  await assert.rejects(within(socket.start(), 'the refusal'),
    (error) => error.data.error === 'invalid_auth');
});

test('TLS is trusted with the authority and with nothing else', async () => {
  const agent = new https.Agent({ ca: fs.readFileSync(slack.ca) });
  assert.ok((await webClient(undefined, { slackApiUrl: slack.api_tls, agent }).auth.test()).ok);
  await connected(async (socket) => {
    const arrived = next(socket, 'message');
    await slack.post('mara', 'over TLS');
    await arrived;
  }, { slackApiUrl: slack.api_tls, agent });
  const trusting = webClient(undefined, {
    slackApiUrl: slack.api_tls, retryConfig: { retries: 0 },
  });
  await assert.rejects(trusting.auth.test(), (error) => error.code === ErrorCode.RequestError);
});

async function main() {
  console.log(`1..${tests.length}`);
  slack = new Simulator();
  await slack.start();
  // What one test leaves undelivered shall not surprise the next.
  await slack.call('settings', { retry_without_socket: false });
  let failed = 0;
  for (const [number, [name, body]] of tests.entries()) {
    try {
      await body();
      console.log(`ok ${number + 1} ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${number + 1} ${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
    }
  }
  await slack.stop();
  process.exit(failed ? 1 : 0);
}

main().catch((error) => {
  console.log(`Bail out! ${error.message}`);
  process.exit(1);
});
