/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "rota-menu.h"

#include "dictionary.h"
#include "moment.h"
#include "text.h"

#include <glib/gi18n.h>

/* Threads in one section: more would be no menu, and the rest is counted at its end. */
#define MAX_IN_SECTION 10

/* Of the threads that are not urgent only the oldest are worth a place. */
#define MAX_UNANSWERED 5

/* A menu on the way. */
typedef struct
{
  OncMenuItem *root; /* (unowned) */
  GPtrArray *threads;
  GHashTable *listed; /* set of numbers */
  gboolean can_write;
  OncInstant now;
} Builder;

/* A part of the menu: some of the threads, and what is said of each. */
typedef struct
{
  const char *key; /* begins those of its items */
  const char *title;
  guint most;
  gboolean (*has) (const OncPanelThread *thread);
  char *(*describe) (const OncPanelThread *thread, OncInstant now);
} Section;

static gboolean
is_emergency (const OncPanelThread *thread)
{
  return thread->urgency >= ONC_LEVEL_EMERGENCY;
}

static gboolean
is_urgent (const OncPanelThread *thread)
{
  return thread->urgency == ONC_LEVEL_URGENT;
}

static gboolean
is_promised (const OncPanelThread *thread)
{
  return thread->my_due != 0;
}

static gboolean
is_unanswered (const OncPanelThread *thread)
{
  return thread->urgency < ONC_LEVEL_URGENT && !thread->claimed;
}

/* Returns: (transfer full): how long @thread has been open. */
static char *
describe_age (const OncPanelThread *thread, OncInstant now)
{
  OncSpan age = now - thread->opened;
  g_autofree char *span = onc_moment_span (age);

  /* Translators: a thread that is less than a minute old, and one that is older: "3h old" */
  return age < ONC_MINUTE ? g_strdup (_ ("just asked")) : g_strdup_printf (_ ("%s old"), span);
}

/* Returns: (transfer full): whether somebody is on it, and since when it waits. */
static char *
describe_wait (const OncPanelThread *thread, OncInstant now)
{
  g_autofree char *age = describe_age (thread, now);

  /* Translators: the last word is "3h old" or "just asked" */
  if (thread->mine)
    return g_strdup_printf (_ ("you are looking, %s"), age);
  if (thread->claimed)
    return g_strdup_printf (_ ("%s looking, %s"), thread->lookers, age);

  return g_strdup_printf (_ ("nobody is looking, %s"), age);
}

/* Returns: (transfer full): by when this person has promised an update, and the time left. */
static char *
describe_promise (const OncPanelThread *thread, OncInstant now)
{
  g_autofree char *time = onc_moment_local (thread->my_due, now);
  g_autofree char *left = onc_moment_due (thread->my_due, now);

  if (thread->my_pause)
    return g_strdup_printf (_ ("update by %s, waits for the asker"), time);

  /* A clock time, and how far away that is: "in 12min", "overdue 3min" */
  return g_strdup_printf (_ ("update by %s, %s"), time, left);
}

/* Returns: (transfer full): a thread on one line. */
static char *
describe_thread (const OncPanelThread *thread, const char *remark, OncInstant now)
{
  g_autofree char *needed = onc_moment_due (thread->needed_by, now);
  g_autoptr (GString) out = g_string_new (NULL);

  /* Number, asker, text, and how it stands */
  g_string_printf (out, _ ("%u %s: %s (%s)"), thread->number, thread->asker, thread->text, remark);
  if (*needed != '\0')
    {
      g_string_truncate (out, out->len - 1);
      g_string_append_printf (out, _ (", needed %s)"), needed);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Adds what can be done about @thread. */
static void
add_errand (OncMenuItem *menu, const OncPanelThread *thread, OncErrandKind kind, const char *label)
{
  const OncErrand errand = { kind, thread->number };
  g_autofree char *key = g_strdup_printf ("%s/%d", menu->key, kind);

  onc_menu_item_add (menu, key, label, &errand);
}

static void
add_errands (const Builder *self, OncMenuItem *menu, const OncPanelThread *thread)
{
  add_errand (menu, thread, ONC_ERRAND_OPEN, _ ("Open in Slack"));
  if (!thread->mine)
    add_errand (menu, thread, ONC_ERRAND_CLAIM, _ ("I'm on it"));
  if (thread->my_due == 0)
    add_errand (menu, thread, ONC_ERRAND_PROMISE, _ ("On it, update in 30 minutes"));
  else
    add_errand (menu, thread, ONC_ERRAND_EXTEND, _ ("Put my update off by 15 minutes"));
  if (self->can_write)
    add_errand (menu, thread, ONC_ERRAND_WRITE, _ ("Write a reply…"));
  if (thread->mine_only)
    add_errand (menu, thread, ONC_ERRAND_RELEASE, _ ("Not me after all"));
  if (thread->snoozed > self->now)
    add_errand (menu, thread, ONC_ERRAND_UNSNOOZE, _ ("Remind me again"));
  else
    add_errand (menu, thread, ONC_ERRAND_SNOOZE, _ ("Leave me alone with it for an hour"));
  add_errand (menu, thread, ONC_ERRAND_RESOLVE, _ ("Resolved"));
}

/* Adds the threads that belong to @section, unless there are none. */
static void
add_section (Builder *self, const Section *section)
{
  guint count = 0;

  for (guint i = 0; i < self->threads->len && count < section->most; i++)
    {
      const OncPanelThread *thread = g_ptr_array_index (self->threads, i);
      g_autofree char *key = g_strdup_printf ("%s/%u", section->key, thread->number);
      g_autofree char *remark = NULL;
      g_autofree char *label = NULL;

      if (!section->has (thread))
        continue;
      if (count++ == 0)
        {
          g_autofree char *line = g_strconcat (section->key, "/line", NULL);

          onc_menu_item_add_separator (self->root, line);
          onc_menu_item_add (self->root, section->key, section->title, NULL);
        }
      remark = section->describe (thread, self->now);
      label = describe_thread (thread, remark, self->now);
      add_errands (self, onc_menu_item_add_submenu (self->root, key, label), thread);
      g_hash_table_add (self->listed, GUINT_TO_POINTER (thread->number));
    }
}

static void
add_threads (Builder *self)
{
  const Section sections[] = {
    { "emergency", _ ("Emergencies"), MAX_IN_SECTION, is_emergency, describe_wait },
    { "urgent", _ ("Urgent"), MAX_IN_SECTION, is_urgent, describe_wait },
    { "promise", _ ("My promises"), MAX_IN_SECTION, is_promised, describe_promise },
    { "unanswered", _ ("Waiting longest"), MAX_UNANSWERED, is_unanswered, describe_wait },
  };
  guint rest;

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    add_section (self, &sections[i]);

  rest = self->threads->len - g_hash_table_size (self->listed);
  if (rest > 0)
    {
      g_autofree char *label = g_strdup_printf (
          ngettext ("and %u more: see “oncallctl list”", "and %u more: see “oncallctl list”", rest),
          rest);

      onc_menu_item_add_separator (self->root, "rest/line");
      onc_menu_item_add (self->root, "rest", label, NULL);
    }
}

/* What has to be known of all the rest. */
static void
add_notice (OncMenuItem *root, GVariant *manager)
{
  g_autofree char *text = NULL;

  if (manager == NULL)
    {
      onc_menu_item_add (root, "notice", _ ("oncalld is not running"), NULL);
      return;
    }

  text = onc_text_shorten (onc_dictionary_get_string (manager, "StateText"), 80);
  if (*text != '\0')
    onc_menu_item_add (root, "notice", text, NULL);
  if (onc_dictionary_get_number (manager, "OpenCount") == 0)
    onc_menu_item_add (root, "none", _ ("No question is open"), NULL);
}

static void
add_pause (OncMenuItem *root, GVariant *manager, OncInstant now)
{
  static const OncErrand half_an_hour = { ONC_ERRAND_PAUSE_HALF_AN_HOUR, 0 };
  static const OncErrand an_hour = { ONC_ERRAND_PAUSE_AN_HOUR, 0 };
  static const OncErrand until_work = { ONC_ERRAND_PAUSE_UNTIL_WORK, 0 };
  static const OncErrand resume = { ONC_ERRAND_RESUME, 0 };
  OncInstant until = onc_dictionary_get_time (manager, "PausedUntil");
  g_autofree char *time = until != G_MAXINT64 ? onc_moment_local (until, now) : NULL;
  g_autofree char *label = NULL;
  OncMenuItem *menu;

  onc_menu_item_add_separator (root, "pause/line");
  if (until == 0)
    {
      menu = onc_menu_item_add_submenu (root, "pause", _ ("Pause popups, but for emergencies"));
      onc_menu_item_add (menu, "pause/30", _ ("For 30 minutes"), &half_an_hour);
      onc_menu_item_add (menu, "pause/60", _ ("For an hour"), &an_hour);
      onc_menu_item_add (menu, "pause/work", _ ("Until work begins again"), &until_work);
      return;
    }

  label = time != NULL ? g_strdup_printf (_ ("Show popups again (paused until %s)"), time)
                       : g_strdup (_ ("Show popups again (paused)"));
  onc_menu_item_add (root, "resume", label, &resume);
}

OncMenuItem *
onc_rota_menu_build (const OncRota *rota, gboolean can_write, OncInstant now)
{
  static const OncErrand quit = { ONC_ERRAND_QUIT, 0 };
  g_autoptr (OncMenuItem) root = onc_menu_item_new_root ();
  GVariant *manager = onc_rota_get_manager (rota);
  g_autoptr (GPtrArray) threads = onc_rota_list_threads (rota, now);
  g_autoptr (GHashTable) listed = g_hash_table_new (NULL, NULL);
  Builder builder = { root, threads, listed, can_write, now };

  add_notice (root, manager);
  if (manager != NULL)
    {
      add_threads (&builder);
      add_pause (root, manager, now);
    }
  onc_menu_item_add_separator (root, "quit/line");
  onc_menu_item_add (root, "quit", _ ("Quit"), &quit);
  return g_steal_pointer (&root);
}
