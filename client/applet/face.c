/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "face.h"

#include "connection.h"
#include "dictionary.h"
#include "moment.h"
#include "status-word.h"
#include "text.h"

#include <glib/gi18n.h>

/* The icon of each word of onc_status_word(); they are in icons/. */
static const struct
{
  const char *word;
  const char *icon;
  gboolean attention;
} looks[] = {
  { "idle", "oncalld-idle-symbolic", FALSE },
  { "open", "oncalld-open-symbolic", FALSE },
  { "urgent", "oncalld-urgent-symbolic", FALSE },
  { "emergency", "oncalld-emergency-symbolic", TRUE },
  { "overdue", "oncalld-overdue-symbolic", TRUE },
  { "stale", "oncalld-stale-symbolic", FALSE },
  { "offline", "oncalld-offline-symbolic", FALSE },
};

#define OVERLAY_STALE   "oncalld-overlay-stale-symbolic"
#define OVERLAY_PAUSED  "oncalld-overlay-paused-symbolic"
#define OVERLAY_OVERDUE "oncalld-overlay-overdue-symbolic"

static gboolean
is_connected (GVariant *manager)
{
  return g_str_equal (onc_dictionary_get_string (manager, "State"),
                      onc_link_to_string (ONC_LINK_CONNECTED));
}

/* The first thing to know that the icon does not say. */
static const char *
choose_overlay (GVariant *manager, const char *word)
{
  gboolean says_stale = g_str_equal (word, "stale") || g_str_equal (word, "offline");

  if (manager == NULL)
    return "";
  if (!is_connected (manager) && !says_stale)
    return OVERLAY_STALE;
  if (onc_dictionary_get_time (manager, "PausedUntil") != 0)
    return OVERLAY_PAUSED;
  if (onc_dictionary_get_number (manager, "OverdueCount") > 0 && !g_str_equal (word, "overdue"))
    return OVERLAY_OVERDUE;

  return "";
}

/* Returns: (transfer full): how much is open, as a sentence. */
static char *
describe_counts (GVariant *manager)
{
  guint open = onc_dictionary_get_number (manager, "OpenCount");
  guint unclaimed = onc_dictionary_get_number (manager, "UnclaimedCount");
  guint emergencies = onc_dictionary_get_number (manager, "EmergencyCount");
  guint urgent = onc_dictionary_get_number (manager, "UrgentCount");
  g_autoptr (GString) out = g_string_new (NULL);

  if (open == 0)
    return g_strdup (_ ("No question is open"));

  g_string_printf (out, ngettext ("%u open", "%u open", open), open);
  if (emergencies > 0)
    g_string_append_printf (out, ngettext (", %u emergency", ", %u emergencies", emergencies),
                            emergencies);
  if (urgent > 0)
    g_string_append_printf (out, ngettext (", %u urgent", ", %u urgent", urgent), urgent);
  if (unclaimed > 0)
    g_string_append_printf (
        out, ngettext (", %u that nobody looks at", ", %u that nobody looks at", unclaimed),
        unclaimed);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Adds a sentence of its own line. */
static void
add_line (GString *out, const char *sentence)
{
  g_autofree char *line = onc_text_one_line (sentence);
  g_autofree char *escaped = g_markup_escape_text (line, -1);

  if (*escaped != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", escaped);
}

/* Whose turn is next, and when. */
static void
add_next_due (GString *out, const OncRota *rota, OncInstant now)
{
  GVariant *manager = onc_rota_get_manager (rota);
  OncInstant due = onc_dictionary_get_time (manager, "NextDue");
  g_autoptr (GVariant) path = g_variant_lookup_value (manager, "NextDueThread",
                                                      G_VARIANT_TYPE_OBJECT_PATH);
  g_autofree char *time = onc_moment_local (due, now);
  g_autofree char *sentence = NULL;
  const OncPanelThread *thread = NULL;

  if (due == 0)
    return;

  if (path != NULL)
    thread = onc_rota_get_thread (rota, onc_thread_path_number (g_variant_get_string (path, NULL)));
  if (thread == NULL)
    sentence = g_strdup_printf (_ ("The next update is due at %s."), time);
  else if (thread->my_due == due)
    sentence = g_strdup_printf (_ ("Your next update is due at %s: %u, %s"), time, thread->number,
                                thread->asker);
  else
    sentence = g_strdup_printf (_ ("The next update is due at %s: %u, %s"), time, thread->number,
                                thread->asker);
  add_line (out, sentence);
}

/* That popups are paused, and until when, if anybody knows. */
static void
add_pause (GString *out, OncInstant until, OncInstant now)
{
  g_autofree char *time = onc_moment_local (until, now);
  g_autofree char *sentence = NULL;

  if (until == 0)
    return;

  sentence = until != G_MAXINT64 ? g_strdup_printf (_ ("Popups are paused until %s."), time)
                                 : g_strdup (_ ("Popups are paused."));
  add_line (out, sentence);
}

/* Returns: (transfer full): all the sentences. */
static char *
describe (const OncRota *rota, OncInstant now)
{
  GVariant *manager = onc_rota_get_manager (rota);
  OncInstant stale = onc_dictionary_get_time (manager, "StaleSince");
  guint overdue = onc_dictionary_get_number (manager, "OverdueCount");
  guint pending = onc_dictionary_get_number (manager, "PendingWrites");
  g_autofree char *since = onc_moment_local (stale, now);
  g_autofree char *stale_text = g_strdup_printf (_ ("This may be out of date since %s."), since);
  g_autofree char *overdue_text = g_strdup_printf (
      ngettext ("%u promised update is overdue.", "%u promised updates are overdue.", overdue),
      overdue);
  g_autofree char *pending_text = g_strdup_printf (
      ngettext ("%u write is pending.", "%u writes are pending.", pending), pending);
  g_autoptr (GString) out = g_string_new (NULL);

  if (overdue > 0)
    add_line (out, overdue_text);
  add_next_due (out, rota, now);
  add_pause (out, onc_dictionary_get_time (manager, "PausedUntil"), now);
  if (!is_connected (manager))
    add_line (out, onc_dictionary_get_string (manager, "StateText"));
  if (stale != 0)
    add_line (out, stale_text);
  if (pending > 0)
    add_line (out, pending_text);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

OncFace *
onc_face_new (const OncRota *rota, OncInstant now)
{
  OncFace *self = g_new0 (OncFace, 1);
  GVariant *manager = onc_rota_get_manager (rota);
  const char *word = onc_status_word (manager);
  guint open = manager != NULL ? onc_dictionary_get_number (manager, "OpenCount") : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (g_str_equal (word, looks[i].word))
        {
          self->icon = looks[i].icon;
          self->attention = looks[i].attention;
        }
    }
  self->overlay = choose_overlay (manager, word);
  self->label = open > 0 ? g_strdup_printf ("%u", open) : g_strdup ("");
  self->title = manager != NULL ? describe_counts (manager)
                                : g_strdup (_ ("oncalld is not running"));
  self->details = manager != NULL ? describe (rota, now) : g_strdup ("");
  return self;
}

void
onc_face_free (OncFace *self)
{
  g_free (self->label);
  g_free (self->title);
  g_free (self->details);
  g_free (self);
}
