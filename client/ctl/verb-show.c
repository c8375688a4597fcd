/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* show and link: one thread. */

#include "verbs.h"

#include "dictionary.h"
#include "error.h"
#include "json.h"
#include "moment.h"
#include "names.h"
#include "promise-view.h"
#include "status-view.h"
#include "template.h"
#include "text.h"
#include "thread-view.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Columns that the labels take, the colon included. */
#define LABEL_WIDTH 15

/* Prints "label: value", the label to the right; nothing where the value is empty.
 * @value: (transfer full). */
static void
take_field (const char *label, char *value)
{
  g_autofree char *owned = value;
  g_autofree char *visible = onc_text_one_line (owned);
  guint width = onc_text_width (label) + 1;

  if (*visible != '\0')
    printf ("%*s%s: %s\n", width < LABEL_WIDTH ? (int) (LABEL_WIDTH - width) : 0, "", label,
            visible);
}

/* Returns: (transfer full): the time called @key with how long ago that is; "" for none. */
static char *
describe_time (GVariant *thread, const char *key, OncInstant now)
{
  OncInstant instant = onc_dictionary_get_time (thread, key);
  g_autofree char *local = onc_moment_local (instant, now);
  g_autofree char *span = onc_moment_span (now - instant);

  if (instant == 0)
    return g_strdup ("");
  if (now - instant < ONC_MINUTE)
    return g_steal_pointer (&local);

  /* A time of day, and how long ago that is */
  return g_strdup_printf (_ ("%s, %s ago"), local, span);
}

/* Returns: (transfer full): the time called @key, which is mostly still to come, with how far that
 * is; "" for none. */
static char *
describe_due (GVariant *thread, const char *key, OncInstant now)
{
  OncInstant instant = onc_dictionary_get_time (thread, key);
  g_autofree char *local = onc_moment_local (instant, now);
  g_autofree char *due = onc_moment_due (instant, now);

  return instant != 0 ? g_strdup_printf ("%s, %s", local, due) : g_strdup ("");
}

/* Prints a line for each promise: who, by when, how it stands, and in which words. */
static void
print_promises (GVariant *thread, OncInstant now)
{
  g_autoptr (GVariant) promises = g_variant_lookup_value (thread, "Promises",
                                                          G_VARIANT_TYPE ("aa{sv}"));
  GVariantIter iter;
  GVariant *promise;

  if (promises == NULL)
    return;
  g_variant_iter_init (&iter, promises);
  while ((promise = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autofree char *description = onc_promise_view_describe (promise, now);
      const char *words = onc_dictionary_get_string (promise, ONC_PROMISE_KEY_TEXT);

      take_field (_ ("Promise"), *words != '\0'
                                     ? g_strdup_printf (_ ("%s: “%s”"), description, words)
                                     : g_strdup (description));
      g_variant_unref (promise);
    }
}

static void
print_thread (const OncCommand *command, GVariant *thread)
{
  const char *level = onc_dictionary_get_string (thread, "Level");
  const char *colour = command->colour ? onc_thread_view_colour (level) : NULL;
  OncInstant now = g_get_real_time ();
  g_autofree char *text = onc_text_visible (onc_dictionary_get_string (thread, "Text"));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);

  take_field (_ ("Thread"),
              g_strdup_printf ("%" G_GUINT32_FORMAT, onc_dictionary_get_number (thread, "Number")));
  fputs (colour != NULL ? colour : "", stdout);
  take_field (_ ("Level"), g_strdup (level));
  fputs (colour != NULL ? ONC_COLOUR_END : "", stdout);
  take_field (_ ("State"), g_strdup (onc_dictionary_get_string (thread, "State")));
  take_field (_ ("Channel"), onc_thread_view_channel (thread));
  take_field (_ ("Asker"), g_strdup (onc_dictionary_get_string (thread, "AskerName")));
  take_field (_ ("Opened"), describe_time (thread, "Opened", now));
  take_field (_ ("Looking"), onc_thread_view_lookers (thread, now));
  print_promises (thread, now);
  take_field (_ ("Needed by"), describe_due (thread, "NeededBy", now));
  take_field (_ ("Snoozed until"), describe_due (thread, "SnoozedUntil", now));
  take_field (_ ("First response"), describe_time (thread, "FirstResponse", now));
  take_field (_ ("Last activity"), describe_time (thread, "LastActivity", now));
  take_field (_ ("Replies"), g_strdup_printf ("%" G_GUINT32_FORMAT,
                                              onc_dictionary_get_number (thread, "Replies")));
  take_field (_ ("Categories"), onc_thread_view_categories (thread));
  take_field (_ ("Link"), g_strdup (onc_dictionary_get_string (thread, "Permalink")));

  putchar ('\n');
  for (guint i = 0; lines[i] != NULL; i++)
    printf ("    %s\n", lines[i]);
}

OncExit
onc_verb_show (OncCommand *command, GError **error)
{
  g_autoptr (OncTemplate) template = NULL;
  g_autoptr (GVariant) thread = NULL;
  g_autoptr (cJSON) json = NULL;
  g_autofree char *remarks = NULL;

  if (onc_template_new_for_threads (command->format, &template, error))
    thread = onc_command_read_thread (command, error);
  if (thread == NULL)
    return ONC_EXIT_FAILED;
  if (command->quiet)
    return ONC_EXIT_DONE;

  onc_command_start_pager (command);
  if (template != NULL)
    {
      g_autofree char *line = onc_template_fill (template, thread, command->colour);

      puts (line);
      return ONC_EXIT_DONE;
    }
  if (command->json != ONC_JSON_OFF)
    {
      json = onc_json_from_variant (thread);
      onc_json_print (json, command->json);
      return ONC_EXIT_DONE;
    }

  print_thread (command, thread);
  remarks = onc_status_view_remarks (command);
  if (*remarks != '\0')
    printf ("\n%s", remarks);
  return ONC_EXIT_DONE;
}

OncExit
onc_verb_link (OncCommand *command, GError **error)
{
  g_autoptr (GVariant) thread = onc_command_read_thread (command, error);
  g_autoptr (cJSON) json = NULL;
  const char *permalink;

  if (thread == NULL)
    return ONC_EXIT_FAILED;

  permalink = onc_dictionary_get_string (thread, "Permalink");
  if (*permalink == '\0')
    {
      g_set_error_literal (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
                           _ ("The thread's permalink is not known yet"));
      return ONC_EXIT_FAILED;
    }
  if (command->quiet)
    return ONC_EXIT_DONE;

  if (command->json != ONC_JSON_OFF)
    {
      json = cJSON_CreateObject ();
      cJSON_AddNumberToObject (json, "number", onc_dictionary_get_number (thread, "Number"));
      cJSON_AddStringToObject (json, "permalink", permalink);
      onc_json_print (json, command->json);
    }
  else
    {
      g_autofree char *visible = onc_text_one_line (permalink);

      puts (visible);
    }

  return ONC_EXIT_DONE;
}
