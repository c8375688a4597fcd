/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the team has agreed on, in the form that decisions need: the configuration with its names
 * resolved to Slack's IDs. Built by the app, read by the core, immutable once handed on. */

#pragma once

#include "escalation.h"
#include "hours.h"
#include "types.h"

G_BEGIN_DECLS

/* The timings of one level. A span of 0 means "off". */
typedef struct
{
  OncSpan target; /* by when somebody looks; what is older at the first start is not called again */
  OncRepeat repeat;    /* of the popup while nobody looks */
  OncSpan stale_claim; /* silence of the lookers before a nudge */
  OncSpan promise;     /* the span of a promise that names none */
  guint lead_percent;  /* of the span: when the reminder before the due time comes ... */
  OncSpan lead_min;    /* ... but not less than this before it ... */
  OncSpan lead_max;    /* ... and not more */
  OncRepeat overdue;   /* of the popup after the due time */
  OncSpan grace;       /* after the due time, before a promise counts as late */
  OncSpan snooze_max;  /* nobody can snooze for longer */
} OncTimings;

struct _OncPolicy
{
  GHashTable *me;            /* (owned) set of user IDs: this person, one per workspace */
  GHashTable *channels;      /* (owned) set of channel IDs that are watched */
  GHashTable *level_ids;     /* (owned) user or group ID, "!here" ... → OncLevel it stands for */
  GHashTable *level_handles; /* (owned) "oncall" → OncLevel, for tags typed without a link */
  GHashTable *on_call;       /* (owned) set of group and user IDs whose people are on call */
  GHashTable *responders;    /* (owned) set of group and user IDs; empty: everybody counts */
  GHashTable *bots;          /* (owned) set of user and bot IDs that count as people all the same */
  GHashTable *claim_emoji;   /* (owned) set of emoji names, folded */
  GHashTable *resolved_emoji; /* (owned) set of emoji names, folded */
  GHashTable *categories;     /* (owned) emoji name, folded → category */
  GTimeZone *zone;            /* (owned) of this desktop, and of whoever has no other */
  OncHours *hours;            /* (owned) when people work */
  OncHours *quiet;            /* (owned) when this person wants quiet */
  char *claim_with;           /* (owned) the emoji that a claim puts on the message */
  char *resolve_with;         /* (owned) the emoji that a resolution puts on it */
  OncTimings timings[ONC_N_LEVELS];
  guint burst_popups;              /* more than this many popups ... */
  OncSpan burst_span;              /* ... within this span fold into one; 0: never */
  gboolean urgent_bypasses_quiet;  /* urgent popups come in the quiet hours too */
  gboolean emergency_bypasses_dnd; /* emergencies come whatever the desktop or the hour says */
};

/* Returns: (transfer full): a policy with empty tables, UTC, no working hours and everything off.
 */
OncPolicy *onc_policy_new (void);
OncPolicy *onc_policy_ref (OncPolicy *self);
void onc_policy_unref (OncPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncPolicy, onc_policy_unref)

/* Adds @level for the ID or handle @key to @table (`level_ids` or `level_handles`). */
void onc_policy_add_level (GHashTable *table, const char *key, OncLevel level);

/* Strips a skin tone and folds Slack's aliases, so that 👍🏽 and "thumbsup" are both "+1".
 * Returns: (transfer full). */
char *onc_emoji_fold (const char *name);

/* The level that @message asks for: the highest of its tags, ONC_LEVEL_QUESTION without any. */
OncLevel onc_policy_level_of (const OncPolicy *self, const OncMessage *message);

G_END_DECLS
