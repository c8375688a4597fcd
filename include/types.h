/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The types that every layer shares, and the forward declarations of those that few may open. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Wall-clock time in microseconds since 1970-01-01 00:00 UTC; 0 stands for "none". */
typedef gint64 OncInstant;

/* A length of time in microseconds. */
typedef gint64 OncSpan;

#define ONC_SECOND ((OncSpan) 1000000)
#define ONC_MINUTE (60 * ONC_SECOND)
#define ONC_HOUR   (60 * ONC_MINUTE)
#define ONC_DAY    (24 * ONC_HOUR)

/* Who must see a thread; the order is the order of urgency. */
typedef enum
{
  ONC_LEVEL_QUESTION,
  ONC_LEVEL_URGENT,
  ONC_LEVEL_EMERGENCY,
} OncLevel;

#define ONC_N_LEVELS (ONC_LEVEL_EMERGENCY + 1)

/* What has become of a thread; `new` and `looking` are the open ones. */
typedef enum
{
  ONC_STATE_NEW,
  ONC_STATE_LOOKING,
  ONC_STATE_RESOLVED,
  ONC_STATE_DISMISSED,
  ONC_STATE_DELETED,
} OncState;

/* How somebody came to be a looker. */
typedef enum
{
  ONC_LOOK_REACTION,
  ONC_LOOK_REPLY,
  ONC_LOOK_PENDING,
} OncLook;

/* What has become of a promised update; the states up to PAUSED are open ones. */
typedef enum
{
  ONC_PROMISE_RUNNING,
  ONC_PROMISE_DUE_SOON,
  ONC_PROMISE_DUE,     /* the time has come; still in time while the grace lasts */
  ONC_PROMISE_OVERDUE, /* ... which is over */
  ONC_PROMISE_PAUSED,  /* until the asker answers */
  ONC_PROMISE_KEPT,
  ONC_PROMISE_LATE,   /* kept, but after the grace */
  ONC_PROMISE_BROKEN, /* nothing came within a day */
  ONC_PROMISE_CANCELLED,
  ONC_PROMISE_HANDED_OVER,
} OncPromiseState;

/* How well the daemon hears Slack. */
typedef enum
{
  ONC_LINK_UNCONFIGURED,
  ONC_LINK_CONNECTING,
  ONC_LINK_CONNECTED,
  ONC_LINK_STALE,
  ONC_LINK_OFFLINE,
  ONC_LINK_DENIED,
} OncLink;

/* Why a thread speaks up: the kinds of the D-Bus signal Alert. */
typedef enum
{
  ONC_ALERT_OPENED,
  ONC_ALERT_RAISED,
  ONC_ALERT_UNCLAIMED,
  ONC_ALERT_CLAIMED,
  ONC_ALERT_STALE_CLAIM,
  ONC_ALERT_PROMISE_LEAD,
  ONC_ALERT_PROMISE_DUE,
  ONC_ALERT_PROMISE_OVERDUE,
  ONC_ALERT_PROMISE_KEPT,
  ONC_ALERT_PROMISE_BROKEN,
  ONC_ALERT_DEADLINE_NEAR,
  ONC_ALERT_DEADLINE_PASSED,
  ONC_ALERT_RESOLVED,
} OncAlert;

#define ONC_N_ALERTS (ONC_ALERT_RESOLVED + 1)

typedef struct _OncEffect OncEffect;
typedef struct _OncEngine OncEngine;
typedef struct _OncEvent OncEvent;
typedef struct _OncMessage OncMessage;
typedef struct _OncPolicy OncPolicy;
typedef struct _OncThread OncThread;

/* The wire strings of the enumerations. `to_string` returns a static string and never NULL for a
 * valid value; `from_string` returns FALSE, and leaves *value alone, for NULL or an unknown word.
 */
const char *onc_level_to_string (OncLevel level);
gboolean onc_level_from_string (const char *string, OncLevel *value) G_GNUC_WARN_UNUSED_RESULT;
const char *onc_state_to_string (OncState state);
gboolean onc_state_from_string (const char *string, OncState *value) G_GNUC_WARN_UNUSED_RESULT;
const char *onc_look_to_string (OncLook look);
gboolean onc_look_from_string (const char *string, OncLook *value) G_GNUC_WARN_UNUSED_RESULT;
const char *onc_promise_state_to_string (OncPromiseState state);
gboolean onc_promise_state_from_string (const char *string,
                                        OncPromiseState *value) G_GNUC_WARN_UNUSED_RESULT;
const char *onc_link_to_string (OncLink link);
const char *onc_alert_to_string (OncAlert alert);
gboolean onc_alert_from_string (const char *string, OncAlert *value) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the time of a promise or of a deadline has come: that is never quiet. */
gboolean onc_alert_is_due (OncAlert alert);

/* Whether a thread in @state still asks for somebody: new or looking. */
gboolean onc_state_is_open (OncState state);

/* Whether a promise in @state is still to be kept. */
gboolean onc_promise_state_is_open (OncPromiseState state);

G_END_DECLS
