/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the engine's own files share. Nobody else includes this. */

#pragma once

#include "engine.h"
#include "membership.h"

G_BEGIN_DECLS

/* What is to be said of a thread, until it is known whether it is said alone or with others. */
typedef struct
{
  OncThread *thread; /* (owned) */
  OncAlert kind;
  OncLevel level;
  char *promise; /* (owned) (nullable) key of the promise spoken of */
  guint repeat;
  OncAlert alert;   /* what scripts and panels are told ... */
  gboolean alerted; /* ... and have been; only the popup waits */
} OncSay;

struct _OncEngine
{
  OncPolicy *policy;   /* (owned) */
  GHashTable *threads; /* (owned) set of OncThread, by team, channel and ts */
  GHashTable *numbers; /* (owned) number → OncThread (unowned), the items in memory */
  GSequence *wakes;    /* (owned) of OncThread (unowned), by wake ... */
  OncInstant wake;     /* ... and that of the first; 0: there is none */
  GSequence *dues;     /* (owned) of OncThread (unowned), the items by next_due */
  GHashTable *people;  /* (owned) user ID → whether it is a bot */
  GHashTable *zones;   /* (owned) IANA name → GTimeZone */
  GHashTable *zone_of; /* (owned) user ID → GTimeZone (unowned) */
  GHashTable *groups;  /* (owned) group ID → OncMembership */
  guint32 next_number;
  OncTotals totals;
  OncInstant latest; /* when the last call came ... */
  gboolean set_back; /* ... and one before it came later: the clock was set */

  GStrv first;           /* (owned) (nullable) channels that are read for the first time ... */
  OncInstant first_from; /* ... since then */
  GPtrArray *says;       /* (owned) of OncSay, not yet said ... */
  OncInstant held_until; /* ... nor to be before, unless history has been read; or 0 */
  OncInstant says_wake;  /* when the next of those that are held back may be said; or 0 */
  GQueue shown;          /* of OncInstant (owned), when the last few popups came */
  GPtrArray *folded;     /* (owned) of OncThread, that the last summary covers ... */
  OncInstant folded_at;  /* ... which came then ... */
  guint summary;         /* ... and has this number, from 1 on */
  GPtrArray *visitors;   /* (owned) of OncThread, closed ones that the store sent */

  gboolean inhibited;      /* the desktop wants no popups ... */
  gboolean locked;         /* ... or nobody sees them */
  OncInstant paused_until; /* this person wants none until then; or 0 ... */
  OncLevel paused_level;   /* ... up to this level */

  /* Only during one call */
  GPtrArray *saves;   /* (owned) of OncEffect */
  GPtrArray *effects; /* (owned) of OncEffect */
  GPtrArray *touched; /* (owned) of OncThread, in need of SAVE_THREAD */
};

/* engine.c */
OncThread *
onc_engine_ensure (OncEngine *self, const char *team, const char *channel, const char *root_ts);
/* Returns: (transfer container) (element-type OncThread): all in memory, in no order. */
GPtrArray *onc_engine_all (const OncEngine *self);
OncEffect *onc_engine_emit (OncEngine *self, OncEffectKind kind, OncThread *thread);
void onc_engine_touch (OncEngine *self, OncThread *thread);
void onc_engine_set_wake (OncEngine *self, OncThread *thread, OncInstant wake);
/* Returns: the earlier of two deadlines, of which 0 is none. */
OncInstant onc_engine_earlier (OncInstant a, OncInstant b);
/* Puts @thread where its next_due belongs among the others. */
void onc_engine_sort_due (OncEngine *self, OncThread *thread);

/* Returns: (transfer none). */
OncMembership *onc_engine_ensure_group (OncEngine *self, const char *id);
/* Whether @user is in @ids, by itself or as one who was a member of a group in it @at that time. */
gboolean
onc_engine_includes (const OncEngine *self, GHashTable *ids, const char *user, OncInstant at);
/* Whether @post was written by a bot that the policy does not list. */
gboolean onc_engine_is_bots (const OncEngine *self, const OncPost *post);
gboolean onc_engine_is_bot (const OncEngine *self, const char *user);
/* Returns: (transfer none): the time zone that @user (nullable) speaks in. */
GTimeZone *onc_engine_zone_of (const OncEngine *self, const char *user);

/* Whether @thread is in a channel that is read for the first time. */
gboolean onc_engine_is_first_look (const OncEngine *self, const OncThread *thread);
/* Whether that is all that is known of it: then it is no news. */
gboolean onc_engine_is_history (const OncEngine *self, const OncThread *thread);
/* Decides on every thread in memory. */
void onc_engine_decide_all (OncEngine *self, OncInstant now);

/* engine-intake.c: what happened becomes what is known of a thread. */
void onc_engine_save_post (OncEngine *self, OncThread *thread, const OncPost *post);
void onc_engine_take_in (OncEngine *self, const OncEvent *event, OncInstant now);

/* engine-decide.c: what is known of a thread becomes what is to be done. */
void onc_engine_decide (OncEngine *self, OncThread *thread, OncInstant now);

/* engine-alarm.c: what is said of a thread, when, and for how long it stands. */

/* Starts, ends or restarts the alarm while nobody looks. @was_listed, @raised: before this decision
 * the thread was an item, and since then its level has risen. */
void onc_engine_update_alarm (
    OncEngine *self, OncThread *thread, gboolean was_listed, gboolean raised, OncInstant now);
/* Says whatever has become due. Returns: when the next thing does; 0: never. */
OncInstant onc_engine_sound_alarms (OncEngine *self, OncThread *thread, OncInstant now);
/* Lets @thread speak again, if it was not to. */
void onc_engine_end_snooze (OncThread *thread);
/* Whether what was said of @thread for the reason @kind still is so. */
gboolean onc_engine_reason_stands (const OncEngine *self, const OncThread *thread, OncAlert kind);
/* Returns: (transfer none) (nullable): the open promise of this person that is due first. */
const OncPromise *onc_engine_my_promise (const OncEngine *self, const OncThread *thread);

/* engine-act.c: a person's wish. Returns: FALSE with @error where it cannot be. */
gboolean onc_engine_do (OncEngine *self,
                        OncThread *thread,
                        const OncAction *action,
                        OncInstant now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* engine-say.c: popups, one by one or folded. @promise: (nullable): the one that is spoken of. */
void onc_engine_say (
    OncEngine *self, OncThread *thread, OncAlert kind, const OncPromise *promise, guint repeat);
/* Tells scripts and panels at once, without a popup. Neither of both says what is history. */
void onc_engine_alert (
    OncEngine *self, OncThread *thread, OncAlert kind, const OncPromise *promise, guint repeat);
/* Has @thread's popup go, and its place in the summary, if one stands. */
void onc_engine_withdraw (OncEngine *self, OncThread *thread);
/* One popup for what stands open and unclaimed in @channels, which were read for the first time. */
void onc_engine_sum_up (OncEngine *self, const char *const *channels, OncInstant now);
void onc_engine_flush_says (OncEngine *self, OncInstant now, gboolean fold_all);
/* Says nothing until history has been read, or that has taken too long. */
void onc_engine_hold_says (OncEngine *self, OncInstant now);
/* When something that waits to be said may be; 0: nothing does, or only an event can tell. */
OncInstant onc_engine_says_deadline (const OncEngine *self);
/* Has the popups that stand, emergencies apart, said again with what waits: as one, where there are
 * several. */
void onc_engine_recall_popups (OncEngine *self);
/* Goes on with what waited to be said of @thread when the daemon last ended, if anything did. */
void onc_engine_hold_again (OncEngine *self, OncThread *thread);
/* Has nothing wait to be said of @thread any more; it is to be saved after that. */
void onc_engine_drop_say (OncEngine *self, OncThread *thread);
void onc_say_free (OncSay *self);

/* engine-quiet.c: when people want to be left alone. */

/* What onc_engine_quiet_until() gives where only an event can tell. */
#define ONC_QUIET_OPEN_END G_MAXINT64
/* Returns: until when a popup of @level has to wait; 0: it may come at @now. */
OncInstant onc_engine_quiet_until (const OncEngine *self, OncLevel level, OncInstant now);
void onc_engine_take_desk (OncEngine *self, const OncEvent *event);
void onc_engine_take_pause (OncEngine *self, const OncEvent *event);
/* Ends a pause whose time is over. */
void onc_engine_end_pause (OncEngine *self, OncInstant now);

G_END_DECLS
