#!/usr/bin/gjs
// SPDX-FileCopyrightText: 2026 The oncalld authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What to say at the stand-up: what the last day brought, what is still open, and what was promised.
//
// usage: stand-up.js [HOURS]         24 without it

const {Gio, GLib} = imports.gi;

const hours = ARGV.length > 0 ? Number(ARGV[0]) : 24;
const since = GLib.get_real_time() - hours * 3600 * 1000000;

function listThreads(filter) {
  const reply = Gio.DBus.session.call_sync(
    'org.oncalld1', '/org/oncalld1', 'org.oncalld1.Manager', 'ListThreads',
    new GLib.Variant('(a{sv})', [filter]), null, Gio.DBusCallFlags.NO_AUTO_START, -1, null);
  return reply.recursiveUnpack()[0];
}

function describe(thread) {
  const lookers = thread.Lookers.map(looker => looker[1]).join(', ');
  const text = thread.Text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').slice(0, 60);
  return `  ${thread.Number}  ${thread.Level}  ${text}  (${lookers || 'nobody is looking'})`;
}

const recent = listThreads({since: new GLib.Variant('x', since)});
const open = listThreads({state: new GLib.Variant('s', 'open')});
const done = recent.filter(thread => thread.State === 'resolved');
const promises = open.flatMap(thread => thread.Promises.map(promise => [thread, promise]))
  .filter(([_thread, promise]) => ['due', 'overdue'].includes(promise.state));

print(`Last ${hours} h: ${recent.length} new, ${done.length} of them resolved.`);
print(`Open: ${open.length}`);
open.forEach(thread => print(describe(thread)));
promises.forEach(([thread, promise]) =>
  print(`${promise.by_name} owes thread ${thread.Number} an update.`));
