/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* status: one word, or the line that a panel wants; once, or at every change. */

#include "verbs.h"

#include "dictionary.h"
#include "feed.h"
#include "json.h"
#include "names.h"
#include "onc-dbus.h"
#include "status-word.h"
#include "template.h"
#include "watch.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef enum
{
  STYLE_WORD,
  STYLE_JSON,
  STYLE_TEMPLATE,
  STYLE_FEED,
} Style;

typedef struct
{
  OncCommand *command; /* (unowned) */
  Style style;
  OncFeed feed;          /* STYLE_FEED */
  OncTemplate *template; /* (owned) (nullable) STYLE_TEMPLATE */

  char *last; /* (owned) (nullable) the line that was printed last */
} Status;

static void
status_clear (Status *self)
{
  g_clear_pointer (&self->template, onc_template_free);
  g_clear_pointer (&self->last, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

/* What a template can name beside the manager's properties */
static const OncField fields[] = {
  { "status", "status", "s" },
  { "due", "NextDue", "x" },
  { NULL, NULL, NULL },
};

/* Sets the style that the options ask for. Returns: FALSE with an error. */
static gboolean
read_style (Status *self, GError **error)
{
  const OncCommand *command = self->command;
  const gboolean feeds[] = {
    [ONC_FEED_WAYBAR] = command->waybar,
    [ONC_FEED_I3BLOCKS] = command->i3blocks,
    [ONC_FEED_POLYBAR] = command->polybar,
    [ONC_FEED_GENMON] = command->genmon,
  };
  guint asked = (command->json != ONC_JSON_OFF ? 1 : 0) + (command->format != NULL ? 1 : 0);

  self->style = command->json != ONC_JSON_OFF ? STYLE_JSON : STYLE_WORD;
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      if (!feeds[i])
        continue;
      self->style = STYLE_FEED;
      self->feed = (OncFeed) i;
      asked++;
    }
  if (asked > 1)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("--json, --format and the panels' options exclude each other"));
      return FALSE;
    }
  if (command->format != NULL)
    {
      self->style = STYLE_TEMPLATE;
      self->template = onc_template_new (command->format, onc_dbus_manager_interface_info (),
                                         fields, error);
    }

  return self->style != STYLE_TEMPLATE || self->template != NULL;
}

/* Returns: (transfer full): a{sv}: the word, and then @manager (nullable) in its own order. */
static GVariant *
add_word (GVariant *manager)
{
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *entry;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "status",
                         g_variant_new_string (onc_status_word (manager)));
  if (manager != NULL)
    g_variant_iter_init (&iter, manager);
  while (manager != NULL && (entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_variant_builder_add_value (&builder, entry);
      g_variant_unref (entry);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Returns: (transfer full): aa{sv}, those ONC_FEED_THREADS open threads that need somebody most,
 * for there may be thousands; NULL with an error. */
static GVariant *
list_first (const OncCommand *command, GError **error)
{
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, ONC_FILTER_STATE, "s", ONC_FILTER_OPEN);
  g_variant_dict_insert (&filter, ONC_FILTER_ORDER, "s", ONC_FILTER_URGENCY);
  g_variant_dict_insert (&filter, ONC_FILTER_LIMIT, "u", ONC_FEED_THREADS);

  return onc_connection_list_threads (command->connection, g_variant_dict_end (&filter), error);
}

/* Returns: (transfer full): the line, for which the daemon is asked where it is @running. */
static char *
make_line (const Status *self, gboolean running, GError **error)
{
  const OncCommand *command = self->command;
  g_autoptr (GVariant) manager = NULL;
  g_autoptr (GVariant) threads = NULL;
  g_autoptr (GVariant) dictionary = NULL;
  g_autoptr (cJSON) json = NULL;

  if (running)
    manager = onc_connection_get_properties (command->connection, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                             error);
  switch (self->style)
    {
    case STYLE_FEED:
      if (manager != NULL)
        threads = list_first (command, error);
      return onc_feed_line (self->feed, manager, threads);
    case STYLE_TEMPLATE:
      dictionary = add_word (manager);
      return onc_template_fill (self->template, dictionary, command->colour);
    case STYLE_JSON:
      dictionary = add_word (manager);
      json = onc_json_from_variant (dictionary);
      return onc_json_to_text (json, command->json);
    case STYLE_WORD:
    default:
      return g_strdup (onc_status_word (manager));
    }
}

/* An OncWatcher.changed: prints the line where it is another than the last. */
static void
on_changed (gpointer data, gboolean running)
{
  Status *self = data;
  g_autofree char *line = make_line (self, running, NULL);

  if (g_strcmp0 (line, self->last) == 0)
    return;

  g_free (self->last);
  self->last = g_steal_pointer (&line);
  if (!self->command->quiet)
    puts (self->last);
}

OncExit
onc_verb_status (OncCommand *command, GError **error)
{
  static const OncWatcher watcher = { .changed = on_changed };
  g_auto (Status) self = { .command = command };
  g_autofree char *line = NULL;

  if (!read_style (&self, error))
    return ONC_EXIT_FAILED;
  if (command->follow)
    return onc_watch_run (command, &watcher, &self, error);

  line = make_line (&self, onc_command_connect (command, error), error);
  if (!command->quiet)
    puts (line);

  return ONC_EXIT_DONE;
}
