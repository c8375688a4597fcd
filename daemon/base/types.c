/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "types.h"

/* The order of each table is that of its enumeration. */
static const char *const level_names[] = { "question", "urgent", "emergency" };
static const char *const state_names[] = { "new", "looking", "resolved", "dismissed", "deleted" };
static const char *const look_names[] = { "reaction", "reply", "pending" };
static const char *const promise_state_names[] = {
  "running", "due-soon", "due",    "overdue",   "paused",
  "kept",    "late",     "broken", "cancelled", "handed-over",
};
static const char *const link_names[] = { "unconfigured", "connecting", "connected",
                                          "stale",        "offline",    "denied" };
static const char *const alert_names[] = { "opened",         "raised",          "unclaimed",
                                           "claimed",        "stale-claim",     "promise-lead",
                                           "promise-due",    "promise-overdue", "promise-kept",
                                           "promise-broken", "deadline-near",   "deadline-passed",
                                           "resolved" };

G_STATIC_ASSERT (G_N_ELEMENTS (level_names) == ONC_N_LEVELS);
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == ONC_STATE_DELETED + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (look_names) == ONC_LOOK_PENDING + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (promise_state_names) == ONC_PROMISE_HANDED_OVER + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (link_names) == ONC_LINK_DENIED + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (alert_names) == ONC_N_ALERTS);

static gboolean
find (const char *const *names, guint n_names, const char *string, guint *value)
{
  for (guint i = 0; string != NULL && i < n_names; i++)
    {
      if (g_str_equal (names[i], string))
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* One pair of functions for each enumeration that has a table of names. */
#define DEFINE_TO_STRING(Type, name)                                                               \
  const char *onc_##name##_to_string (Type value)                                                  \
  {                                                                                                \
    g_return_val_if_fail ((guint) value < G_N_ELEMENTS (name##_names), NULL);                      \
    return name##_names[value];                                                                    \
  }

#define DEFINE_FROM_STRING(Type, name)                                                             \
  gboolean onc_##name##_from_string (const char *string, Type *value)                              \
  {                                                                                                \
    guint found;                                                                                   \
                                                                                                   \
    if (!find (name##_names, G_N_ELEMENTS (name##_names), string, &found))                         \
      return FALSE;                                                                                \
    *value = (Type) found;                                                                         \
    return TRUE;                                                                                   \
  }

DEFINE_TO_STRING (OncLevel, level)
DEFINE_FROM_STRING (OncLevel, level)
DEFINE_TO_STRING (OncState, state)
DEFINE_FROM_STRING (OncState, state)
DEFINE_TO_STRING (OncLook, look)
DEFINE_FROM_STRING (OncLook, look)
DEFINE_TO_STRING (OncPromiseState, promise_state)
DEFINE_FROM_STRING (OncPromiseState, promise_state)
DEFINE_TO_STRING (OncLink, link)
DEFINE_TO_STRING (OncAlert, alert)
DEFINE_FROM_STRING (OncAlert, alert)

gboolean
onc_state_is_open (OncState state)
{
  return state == ONC_STATE_NEW || state == ONC_STATE_LOOKING;
}

gboolean
onc_promise_state_is_open (OncPromiseState state)
{
  return state <= ONC_PROMISE_PAUSED;
}

gboolean
onc_alert_is_due (OncAlert alert)
{
  return alert == ONC_ALERT_PROMISE_DUE || alert == ONC_ALERT_PROMISE_OVERDUE ||
         alert == ONC_ALERT_PROMISE_BROKEN || alert == ONC_ALERT_DEADLINE_PASSED;
}
